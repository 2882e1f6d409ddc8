#define SPIE_KERNELS avx2_kernels
#define SPIE_KERNELS_NAME "avx2"
#include "rules/columns/kernels_body.hpp"
