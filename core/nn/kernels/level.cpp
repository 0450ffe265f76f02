#include "core/nn/kernels/kernels.h"

#include <xmmintrin.h>

namespace hounsfield::kernels {

const char* levelName()
{
#if defined(__AVX512F__)
    return "x86-64-v4";
#elif defined(__AVX2__)
    return "x86-64-v3";
#elif defined(__SSE4_2__)
    return "x86-64-v2";
#else
    return "x86-64";
#endif
}

unsigned flushDenormals()
{
    const unsigned mode = _mm_getcsr();
    _mm_setcsr(mode | 0x8040); // flush to zero, denormals are zero
    return mode;
}

void restoreFloatMode(unsigned mode)
{
    _mm_setcsr(mode);
}

} // namespace hounsfield::kernels
