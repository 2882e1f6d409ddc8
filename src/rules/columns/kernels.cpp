#include "rules/columns/kernels.hpp"

namespace spie::columns {

namespace {

const Kernels *runs_here(std::string_view name) {
#ifdef SPIE_COLUMNS_X86
  __builtin_cpu_init();
  if (name == "avx512")
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("bmi2")
               ? &avx512_kernels
               : nullptr;
  if (name == "avx2")
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? &avx2_kernels : nullptr;
#endif
  return name == "baseline" ? &baseline_kernels : nullptr;
}

const Kernels &best() {
  for (const std::string_view name : {"avx512", "avx2"})
    if (const Kernels *found = runs_here(name))
      return *found;
  return baseline_kernels;
}

} // namespace

const Kernels &kernels() {
  static const Kernels &chosen = best();
  return chosen;
}

const Kernels *find_kernels(std::string_view name) { return runs_here(name); }

} // namespace spie::columns
