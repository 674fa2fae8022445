//go:build amd64 && !noasm

#include "textflag.h"
#include "go_asm.h"

// func addEight(rows *byte, size, at uintptr, shares *share, n uintptr, scales *[256]float32, sum *[8]float32)
//
// Y0 are the sums; AX is the row, X1 what its weights count. Products are
// rounded before they are added, as the plain loop does it.
TEXT ·addEight(SB), NOSPLIT, $0-56
	MOVQ rows+0(FP), SI
	MOVQ size+8(FP), BX
	MOVQ at+16(FP), R8
	MOVQ shares+24(FP), DI
	MOVQ n+32(FP), CX
	MOVQ scales+40(FP), R9
	MOVQ sum+48(FP), DX
	VXORPS Y0, Y0, Y0
	TESTQ CX, CX
	JZ   done

loop:
	MOVL share_row(DI), AX
	IMULQ BX, AX
	ADDQ SI, AX
	MOVBLZX const_atScale(AX), R10
	VMOVSS share_value(DI), X1
	VMULSS (R9)(R10*4), X1, X1
	VBROADCASTSS X1, Y1
	VPMOVSXBD (AX)(R8*1), Y2
	VCVTDQ2PS Y2, Y2
	VMULPS Y2, Y1, Y2
	VADDPS Y2, Y0, Y0
	ADDQ $share__size, DI
	DECQ CX
	JNZ  loop

done:
	VMOVUPS Y0, (DX)
	VZEROUPPER
	RET
