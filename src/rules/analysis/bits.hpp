// A set of small numbers, as words of 64 bits: the atoms of an axis, of which cells and regions are subsets.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace spie::analysis {

// Two sets that meet in an operation have the same size. Most are an interval: the words that hold something are looked
// at, and no others.
class Bits {
public:
  static constexpr std::size_t none = SIZE_MAX;

  Bits() = default;
  explicit Bits(std::size_t size, bool full = false)
      : words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0), end_(full ? words_.size() : 0) {
    if (full && size % 64 != 0)
      words_.back() >>= 64 - size % 64;
  }

  bool test(std::size_t at) const { return (words_[at / 64] >> (at % 64) & 1U) != 0; }
  void set(std::size_t at) {
    words_[at / 64] |= std::uint64_t{1} << (at % 64);
    widen(at / 64, at / 64 + 1);
  }
  void set(std::size_t from, std::size_t to) { // [from, to)
    for (std::size_t at = from; at < to; ++at)
      set(at);
  }
  void reset(std::size_t at) {
    words_[at / 64] &= ~(std::uint64_t{1} << (at % 64));
    narrow();
  }

  bool any() const { return begin_ < end_; }
  std::size_t words() const { return words_.size(); }
  std::size_t count() const {
    std::size_t count = 0;
    for (std::size_t i = begin_; i < end_; ++i)
      count += static_cast<std::size_t>(std::popcount(words_[i]));
    return count;
  }
  bool intersects(const Bits &other) const {
    const std::size_t end = std::min(end_, other.end_);
    std::size_t i = std::max(begin_, other.begin_);
    for (; i + block <= end; i += block) {
      std::uint64_t both = 0;
      for (std::size_t k = i; k < i + block; ++k)
        both |= words_[k] & other.words_[k];
      if (both != 0)
        return true;
    }
    for (; i < end; ++i)
      if ((words_[i] & other.words_[i]) != 0)
        return true;
    return false;
  }
  bool contains(const Bits &other) const {
    if (other.any() && (other.begin_ < begin_ || other.end_ > end_))
      return false;
    std::size_t i = other.begin_;
    for (; i + block <= other.end_; i += block) {
      std::uint64_t more = 0;
      for (std::size_t k = i; k < i + block; ++k)
        more |= other.words_[k] & ~words_[k];
      if (more != 0)
        return false;
    }
    for (; i < other.end_; ++i)
      if ((other.words_[i] & ~words_[i]) != 0)
        return false;
    return true;
  }
  std::size_t missing(const Bits &other) const { // the first of `other` that is not here; none
    for (std::size_t i = other.begin_; i < other.end_; ++i)
      if (const std::uint64_t more = other.words_[i] & ~words_[i]; more != 0)
        return i * 64 + static_cast<std::size_t>(std::countr_zero(more));
    return none;
  }
  std::size_t first(std::size_t from = 0) const { // the first at or after `from`; none
    std::size_t i = from / 64;
    if (i >= end_)
      return none;
    std::uint64_t word = words_[i] & (~std::uint64_t{0} << (from % 64));
    while (word == 0) {
      if (++i == end_)
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
    for (std::size_t i = begin_; i < end_; ++i)
      words_[i] &= other.words_[i];
    narrow();
    return *this;
  }
  Bits &operator|=(const Bits &other) {
    for (std::size_t i = other.begin_; i < other.end_; ++i)
      words_[i] |= other.words_[i];
    widen(other.begin_, other.end_);
    return *this;
  }
  Bits &operator-=(const Bits &other) {
    const std::size_t end = std::min(end_, other.end_);
    for (std::size_t i = std::max(begin_, other.begin_); i < end; ++i)
      words_[i] &= ~other.words_[i];
    narrow();
    return *this;
  }
  friend Bits operator&(Bits a, const Bits &b) { return a &= b; }
  friend Bits operator|(Bits a, const Bits &b) { return a |= b; }
  friend Bits operator-(Bits a, const Bits &b) { return a -= b; }
  friend bool operator==(const Bits &, const Bits &) = default;

private:
  static constexpr std::size_t block = 8; // words compared without a jump

  void widen(std::size_t begin, std::size_t end) {
    if (begin == end)
      return;
    begin_ = any() ? std::min(begin_, begin) : begin;
    end_ = std::max(end_, end);
  }
  void narrow() {
    while (begin_ < end_ && words_[begin_] == 0)
      ++begin_;
    while (begin_ < end_ && words_[end_ - 1] == 0)
      --end_;
    if (begin_ == end_)
      begin_ = end_ = 0;
  }

  std::vector<std::uint64_t> words_;
  std::size_t begin_ = 0, end_ = 0; // of the words that hold something: neither the first nor the last is zero
};

} // namespace spie::analysis
