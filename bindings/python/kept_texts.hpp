// The texts that an input was given, so that one that comes again needs no memory.
#pragma once

#include "text/text_ends.hpp"

#include "spie/feel/value.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace spie::python {

// The value of the row goes back to its place, and the one that comes instead leaves it: to share a text, and to let go
// of one, takes an atomic operation each.
class KeptTexts {
public:
  static constexpr std::size_t longest = 256; // bytes, of what is worth its place

  // Makes `now`, the value that the row has of this input, that of the text.
  void put(std::string_view text, feel::Value &now) {
    const TextEnds ends(text);
    if (lent_ != nullptr) {
      if (lent_->ends == ends && is_it(text, now))
        return;
      std::construct_at(&lent_->value, std::move(now)); // over a plain null, of which nothing is to be let go
      lent_ = nullptr;
    } else {
      now = feel::Value();
    }
    lent_ = &place_of(text, ends);
    std::construct_at(&now, std::move(lent_->value));
  }
  // The value of a text of at most the longest, for whoever shares it.
  const feel::Value &of(std::string_view text) { return place_of(text, TextEnds(text)).value; }
  // The row is given another value of this input by somebody else.
  void forget() noexcept { lent_ = nullptr; }

private:
  struct Kept {
    TextEnds ends;
    feel::Value value; // a null while it is lent to the row
  };

  static bool is_it(std::string_view text, const feel::Value &value) { // whose ends are the same
    return text.size() <= TextEnds::whole || value.text() == text;
  }
  Kept &place_of(std::string_view text, const TextEnds &ends) {
    const std::uint64_t mixed = (ends.head + std::rotl(ends.tail, 32) + ends.size) * 0x9E37'79B9'7F4A'7C15;
    auto &[last, before] = kept_[mixed >> 58];
    for (Kept *one : {&last, &before})
      if (one->ends == ends && one->value.is(feel::Kind::text) && is_it(text, one->value))
        return *one;
    before = std::exchange(last, {ends, feel::Value(text)});
    return last;
  }

  // Two to a place: of two codes that share one, each would else drive out the other.
  std::array<std::array<Kept, 2>, 64> kept_;
  Kept *lent_ = nullptr; // whose value the row has
};

} // namespace spie::python
