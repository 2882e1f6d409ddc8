// A set of small numbers, as words of 64 bits: the atoms of an axis, of which cells and regions are subsets.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace spie::analysis {

// Two sets that meet in an operation have the same size.
class Bits {
public:
  static constexpr std::size_t none = SIZE_MAX;

  Bits() = default;
  explicit Bits(std::size_t size, bool full = false) : words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
    if (full && size % 64 != 0)
      words_.back() >>= 64 - size % 64;
  }

  bool test(std::size_t at) const { return (words_[at / 64] >> (at % 64) & 1U) != 0; }
  void set(std::size_t at) { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
  void set(std::size_t from, std::size_t to) { // [from, to)
    for (std::size_t at = from; at < to; ++at)
      set(at);
  }
  void reset(std::size_t at) { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }

  bool any() const {
    for (const std::uint64_t word : words_)
      if (word != 0)
        return true;
    return false;
  }
  std::size_t count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_)
      count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }
  bool intersects(const Bits &other) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if ((words_[i] & other.words_[i]) != 0)
        return true;
    return false;
  }
  bool contains(const Bits &other) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if ((other.words_[i] & ~words_[i]) != 0)
        return false;
    return true;
  }
  std::size_t first(std::size_t from = 0) const { // the first at or after `from`; none
    std::size_t i = from / 64;
    if (i >= words_.size())
      return none;
    std::uint64_t word = words_[i] & (~std::uint64_t{0} << (from % 64));
    while (word == 0) {
      if (++i == words_.size())
        return none;
      word = words_[i];
    }
    return i * 64 + static_cast<std::size_t>(std::countr_zero(word));
  }
  std::size_t hash() const {
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words_)
      hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(hash ^ hash >> 32);
  }

  Bits &operator&=(const Bits &other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] &= other.words_[i];
    return *this;
  }
  Bits &operator|=(const Bits &other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] |= other.words_[i];
    return *this;
  }
  Bits &operator-=(const Bits &other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] &= ~other.words_[i];
    return *this;
  }
  friend Bits operator&(Bits a, const Bits &b) { return a &= b; }
  friend Bits operator|(Bits a, const Bits &b) { return a |= b; }
  friend Bits operator-(Bits a, const Bits &b) { return a -= b; }
  friend bool operator==(const Bits &, const Bits &) = default;

private:
  std::vector<std::uint64_t> words_;
};

} // namespace spie::analysis
