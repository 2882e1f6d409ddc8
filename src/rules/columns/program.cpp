#include "rules/columns/program.hpp"

#include <algorithm>

namespace spie::columns {

State Program::state(const Kernels &kernels) const {
  State state(kernels, lanes_, masks_, tables_);
  state.classes.resize(scratch_);
  for (const auto &step : constants_)
    step->run(state);
  return state;
}

void Program::prepare(State &state, const Batch &batch) const {
  state.batch = &batch;
  for (const auto &step : steps_)
    step->prepare(state, batch);
}

void Program::run(State &state, std::size_t first, Bits &errors, Bits &unknowns) const {
  state.first = first;
  state.rows = std::min(chunk_rows, state.batch->rows - first);
  state.fallback.fill(0);
  for (const auto &step : steps_)
    step->run(state);
  errors.fill(0);
  unknowns.fill(0);
  for (const std::uint32_t lane : rests_on_) {
    const Lane &one = state.lanes[lane];
    if (one.nulls) {
      add_bits(errors, one.error);
      add_bits(unknowns, one.unknown);
    }
  }
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const std::size_t begin = w * 64;
    const Word inside = begin >= state.rows        ? 0
                        : state.rows - begin >= 64 ? ~Word{0}
                                                   : (Word{1} << (state.rows - begin)) - 1;
    state.fallback[w] &= inside;
    errors[w] &= inside & ~state.fallback[w];
    unknowns[w] &= inside & ~state.fallback[w];
  }
}

} // namespace spie::columns
