#include "rules/columns/program.hpp"

#include "rules/columns/row_values.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

namespace spie::columns {

void State::reserve(int list, std::size_t count) {
  std::vector<std::vector<Lane> *> grown;
  std::size_t more = 0;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lane_lists_[i] == list && lanes_[i].size() < count) {
      grown.push_back(&lanes_[i]);
      more += count - lanes_[i].size();
    }
  if (more > 0) {
    // Memory that is nought without being touched, for those of booleans never are. Lanes begin in different sets of
    // the caches.
    constexpr std::size_t apart = sizeof(LaneValues) + 2 * alignof(LaneValues);
    void *room = std::calloc(more + 1, apart);
    if (room == nullptr)
      throw std::bad_alloc();
    values_.emplace_back(room);
    std::size_t space = (more + 1) * apart;
    auto *at = static_cast<char *>(std::align(alignof(LaneValues), more * apart, room, space));
    for (std::vector<Lane> *const lanes : grown)
      for (lanes->reserve(count); lanes->size() < count; at += apart)
        lanes->emplace_back(*new (at) LaneValues);
  }
  for (std::size_t i = 0; i < masks_.size(); ++i)
    if (mask_lists_[i] == list && masks_[i].size() < count)
      masks_[i].resize(count);
  const std::size_t moves = list < 0 ? 0 : ~std::size_t{0};
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lane_lists_[i] == list)
      lane_slots_[i] = {lanes_[i].data(), moves};
  for (std::size_t i = 0; i < masks_.size(); ++i)
    if (mask_lists_[i] == list)
      mask_slots_[i] = {masks_[i].data(), moves};
}

namespace {

// Counts the rows among those that no step left before.
void count_left(State &state, std::size_t step, Bits &seen, const Bits &among) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const std::size_t begin = w * 64;
    const Word inside = begin >= state.rows        ? 0
                        : state.rows - begin >= 64 ? ~Word{0}
                                                   : (Word{1} << (state.rows - begin)) - 1;
    const Word fresh = state.fallback[w] & among[w] & inside & ~seen[w];
    seen[w] |= fresh;
    state.left[step] += std::popcount(fresh);
  }
}

} // namespace

void Program::add_left(const State &state, std::vector<Left> &left) const {
  for (std::size_t i = 0; i < state.left.size(); ++i) {
    if (state.left[i] == 0)
      continue;
    const Placed &placed = steps_[i];
    const std::string_view why = placed.step->leaves();
    const auto known = std::find_if(left.begin(), left.end(),
                                    [&](const Left &one) { return one.place == placed.place && one.why == why; });
    if (known != left.end())
      known->rows += state.left[i];
    else
      left.push_back({placed.place, std::string(why), state.left[i]});
  }
}

State Program::state(const Kernels &kernels, bool count) const {
  State state(kernels, lanes_, masks_, lists_, tables_);
  state.classes.resize(scratch_);
  state.pairs.resize(pairs_);
  state.made.resize(made_texts_);
  state.left.resize(count ? steps_.size() : 0);
  if (row_steps_ > 0) {
    state.by_rows = std::make_shared<RowRoom>();
    state.by_rows->frames.resize(row_frames_);
    state.by_rows->answers.resize(row_steps_);
  }
  for (const auto &step : constants_)
    step->run(state);
  return state;
}

void Program::prepare(State &state, const Batch &batch) const {
  state.batch = &batch;
  state.ahead.clear();
  for (const Placed &placed : steps_)
    placed.step->prepare(state, batch);
}

void Program::run(State &state, std::size_t first, Bits &errors, Bits &unknowns) const {
  state.first = first;
  state.rows = std::min(chunk_rows, state.batch->rows - first);
  state.fallback.fill(0);
  const std::size_t next = first + state.rows;
  state.ahead.begin(next, std::min(chunk_rows, state.batch->rows - next), steps_.size());
  const bool count = !state.left.empty();
  Bits seen{};
  for (std::size_t i = 0; i < steps_.size();) {
    const int list = steps_[i].list;
    if (list < 0) {
      steps_[i].step->run(state);
      if (count)
        count_left(state, i, seen, all_bits);
      ++i;
      state.ahead.some();
      continue;
    }
    // The steps over the items of one list, position after position. Where a row has no item, what they make of it
    // means nothing.
    std::size_t end = i;
    while (end < steps_.size() && steps_[end].list == list)
      ++end;
    const Items &items = state.lists[static_cast<std::size_t>(list)];
    Bits marked = std::exchange(state.fallback, Bits{});
    for (std::size_t k = 0; k < items.most; ++k) {
      state.item = k;
      for (std::size_t s = i; s < end; ++s) {
        steps_[s].step->run(state);
        if (count)
          count_left(state, s, seen, items.there[k]);
      }
      state.k.move_within(items.there[k].data(), state.fallback.data(), marked.data());
    }
    state.fallback = marked;
    state.item = 0;
    i = end;
  }
  errors.fill(0);
  unknowns.fill(0);
  for (const std::uint32_t lane : rests_on_) {
    const Lane &one = state.lane(lane);
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
