// Lists of constants, one a row, written one after the other: which ones, a key says.
#pragma once

#include "rules/columns/kernels.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace spie::table {

template <class Item> class ListWriter {
public:
  // Eight items are written at once, whatever the list has of them: as many may be written beyond its end.
  static constexpr std::size_t beyond = 8;

  // A key is nought for no items, or one more than the place of the list.
  static ListWriter of_codes(const std::vector<std::vector<columns::Wide>> &lists) {
    ListWriter made;
    made.lists_.emplace_back();
    for (const auto &list : lists)
      made.lists_.emplace_back(list.begin(), list.end());
    return made;
  }

  // A key has one bit for each list, whose first item it keeps; 31 lists at most.
  static ListWriter of_sets(const std::vector<std::vector<columns::Wide>> &lists) {
    ListWriter made;
    for (std::size_t first = 0; first < lists.size(); first += 8) {
      const std::size_t count = lists.size() - first < 8 ? lists.size() - first : 8;
      std::vector<Subset> subsets(std::size_t{1} << count);
      for (std::size_t set = 0; set < subsets.size(); ++set)
        for (std::size_t i = 0; i < count; ++i)
          if ((set >> i & 1) != 0)
            subsets[set].items[subsets[set].size++] = static_cast<Item>(lists[first + i].front());
      made.subsets_.push_back(std::move(subsets));
    }
    return made;
  }

  // Where the list of each of them begins, from `next` on, and where the next one would. No more than 2^31 items are
  // counted rightly in `into`; the answer is.
  std::size_t places(const std::int32_t *keys, std::size_t count, std::size_t next, std::int32_t *into) const {
    const auto each = [&](auto size) {
      for (std::size_t i = 0; i < count; ++i) {
        into[i] = static_cast<std::int32_t>(next);
        next += size(static_cast<std::uint32_t>(keys[i]));
      }
    };
    if (subsets_.empty())
      each([&](std::uint32_t key) { return lists_[key].size(); });
    else if (subsets_.size() == 1)
      each([&](std::uint32_t key) { return subsets_.front()[key].size; });
    else
      each([&](std::uint32_t key) {
        std::size_t size = 0;
        for (std::size_t group = 0; group < subsets_.size(); ++group)
          size += subset(group, key).size;
        return size;
      });
    return next;
  }

  void write(const std::int32_t *keys, std::size_t count, const std::int32_t *places, Item *items) const {
    if (subsets_.empty())
      for (std::size_t i = 0; i < count; ++i) {
        const std::vector<Item> &list = lists_[static_cast<std::uint32_t>(keys[i])];
        std::copy(list.begin(), list.end(), items + places[i]);
      }
    for (std::size_t i = 0; i < count; ++i) {
      Item *into = items + places[i];
      for (std::size_t group = 0; group < subsets_.size(); ++group) {
        const Subset &set = subset(group, static_cast<std::uint32_t>(keys[i]));
        std::memcpy(into, set.items.data(), sizeof set.items);
        into += set.size;
      }
    }
  }

private:
  struct Subset {
    std::array<Item, 8> items{};
    std::size_t size = 0;
  };
  const Subset &subset(std::size_t group, std::uint32_t key) const {
    return subsets_[group][key >> (group * 8) & 0xFF];
  }
  std::vector<std::vector<Item>> lists_;     // by code
  std::vector<std::vector<Subset>> subsets_; // of eight items each, by their bits
};

} // namespace spie::table
