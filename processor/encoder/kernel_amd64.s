//go:build amd64 && !noasm

#include "textflag.h"

// HSUM4 leaves the four sums of a, b, c, d in the low half of a.
// a…d are the accumulators, x and y their 128-bit names.
#define HSUM4(a, b, c, d, ax, tx) \
	VHADDPS b, a, a          \
	VHADDPS d, c, c          \
	VHADDPS c, a, a          \
	VEXTRACTF128 $1, a, tx   \
	VADDPS tx, ax, ax

// func dot4x3(x *float32, xStride uintptr, w *float32, wStride, n uintptr, out *[12]float32)
//
// Y0…Y11 are the sums, row of x by row of w; Y12…Y14 eight numbers of each row
// of w, Y15 eight numbers of one row of x.
TEXT ·dot4x3(SB), NOSPLIT, $0-48
	MOVQ x+0(FP), SI
	MOVQ xStride+8(FP), AX
	MOVQ w+16(FP), DI
	MOVQ wStride+24(FP), BX
	MOVQ n+32(FP), CX
	MOVQ out+40(FP), DX
	LEAQ (SI)(AX*1), R8
	LEAQ (SI)(AX*2), R9
	LEAQ (R8)(AX*2), R10
	LEAQ (DI)(BX*1), R11
	LEAQ (DI)(BX*2), R12
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11
	XORQ AX, AX
	SHRQ $3, CX
	JZ   done

loop:
	VMOVUPS (DI)(AX*1), Y12
	VMOVUPS (R11)(AX*1), Y13
	VMOVUPS (R12)(AX*1), Y14
	VMOVUPS (SI)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y0
	VFMADD231PS Y13, Y15, Y1
	VFMADD231PS Y14, Y15, Y2
	VMOVUPS (R8)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y3
	VFMADD231PS Y13, Y15, Y4
	VFMADD231PS Y14, Y15, Y5
	VMOVUPS (R9)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y6
	VFMADD231PS Y13, Y15, Y7
	VFMADD231PS Y14, Y15, Y8
	VMOVUPS (R10)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y9
	VFMADD231PS Y13, Y15, Y10
	VFMADD231PS Y14, Y15, Y11
	ADDQ $32, AX
	DECQ CX
	JNZ  loop

done:
	HSUM4(Y0, Y1, Y2, Y3, X0, X12)
	HSUM4(Y4, Y5, Y6, Y7, X4, X12)
	HSUM4(Y8, Y9, Y10, Y11, X8, X12)
	VMOVUPS X0, (DX)
	VMOVUPS X4, 16(DX)
	VMOVUPS X8, 32(DX)
	VZEROUPPER
	RET
