// Names of elements to numbers, by a perfect hash that the compiler finds: most of the time of a reader goes there.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace spie::exchange {

template <std::size_t count> class XmlNames {
public:
  constexpr explicit XmlNames(const std::array<std::string_view, count> &names) : names_(names) {
    static_assert(count < none);
    while (!fill())
      if (++seed_ > 20'000)
        throw "no seed parts these names: are two of them equal?"; // while compiling
  }

  // The index of the name; `count` when there is none such.
  constexpr std::size_t find(std::string_view name) const noexcept {
    const std::size_t index = slots_[slot(name)];
    return index != none && names_[index] == name ? index : count;
  }
  constexpr std::string_view operator[](std::size_t index) const noexcept { return names_[index]; }

private:
  static constexpr std::size_t bits = 11;
  static constexpr std::uint8_t none = 255;

  constexpr bool fill() {
    slots_.fill(none);
    for (std::size_t i = 0; i < count; ++i) {
      std::uint8_t &held = slots_[slot(names_[i])];
      if (held != none)
        return false;
      held = static_cast<std::uint8_t>(i);
    }
    return true;
  }

  static constexpr std::uint64_t word(const char *bytes, std::size_t size) noexcept {
    std::uint64_t result = 0;
    if (size == 8 && !std::is_constant_evaluated()) {
      std::memcpy(&result, bytes, 8);
      return result;
    }
    for (std::size_t i = size; i-- > 0;) // little-endian, as the copy is: see below
      result = result << 8U | static_cast<unsigned char>(bytes[i]);
    return result;
  }

  // The first eight bytes, the last eight and the length.
  constexpr std::size_t slot(std::string_view name) const noexcept {
    std::uint64_t mixed = name.size();
    if (name.size() < 8) {
      mixed ^= word(name.data(), name.size()) << 8U;
    } else {
      mixed ^= word(name.data(), 8) * 0x9E3779B97F4A7C15U;
      mixed ^= word(name.data() + name.size() - 8, 8);
    }
    mixed *= 0xD6E8FEB86659FD93U + 2 * static_cast<std::uint64_t>(seed_);
    return static_cast<std::size_t>(mixed >> (64U - bits));
  }

  std::array<std::string_view, count> names_;
  std::array<std::uint8_t, std::size_t{1} << bits> slots_{};
  std::uint32_t seed_ = 0;
};

} // namespace spie::exchange
