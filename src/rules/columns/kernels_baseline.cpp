#define SPIE_KERNELS baseline_kernels
#define SPIE_KERNELS_NAME "baseline"
#include "rules/columns/kernels_body.hpp"
