#define SPIE_KERNELS avx512_kernels
#define SPIE_KERNELS_NAME "avx512"
#include "rules/columns/kernels_body.hpp"
