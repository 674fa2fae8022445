//go:build amd64 && !noasm

#include "textflag.h"

// func minima8(shingles *uint64, n uintptr, f *eight, out *[8]uint32)
//
// Of a·h+b modulo 2⁶⁴ only the upper half is wanted. With h = h₁·2³²+h₀ and
// a = a₁·2³²+a₀ it is the upper half of a₀·h₀+b, plus the lower halves of a₀·h₁
// and a₁·h₀. The first takes 64 bits a function, so that functions of even and
// of odd number are computed apart and then joined; all else takes 32.
//
// Y0 are the minima, Y1 and Y2 a₀ and a₁ of all eight, Y3 a₀ of the odd ones,
// Y4 and Y5 b of the even and of the odd ones, Y6 and Y7 h₀ and h₁.
TEXT ·minima8(SB), NOSPLIT, $0-32
	MOVQ shingles+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ f+16(FP), DI
	MOVQ out+24(FP), DX
	VMOVDQU (DI), Y1
	VMOVDQU 32(DI), Y2
	VPSRLQ $32, Y1, Y3
	VMOVDQU 64(DI), Y4
	VMOVDQU 96(DI), Y5
	VPCMPEQD Y0, Y0, Y0
	TESTQ CX, CX
	JZ   done

loop:
	VPBROADCASTD (SI), Y6
	VPBROADCASTD 4(SI), Y7
	VPMULUDQ Y6, Y1, Y8
	VPMULUDQ Y6, Y3, Y9
	VPMULLD Y6, Y2, Y10
	VPMULLD Y7, Y1, Y11
	VPADDQ Y4, Y8, Y8
	VPADDQ Y5, Y9, Y9
	VMOVSHDUP Y8, Y8
	VPBLENDD $0xAA, Y9, Y8, Y8
	VPADDD Y10, Y11, Y11
	VPADDD Y11, Y8, Y8
	VPMINUD Y8, Y0, Y0
	ADDQ $8, SI
	DECQ CX
	JNZ  loop

done:
	VMOVDQU Y0, (DX)
	VZEROUPPER
	RET
