// Codes for texts that come without a dictionary.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::table {

// Texts by the order in which they first come, found by their first and last bytes: most columns hold few of them.
class TextCodes {
public:
  TextCodes() : slots_(least, -1) {}

  std::int32_t code_of(std::string_view text) {
    std::size_t at = hash(text) & (slots_.size() - 1);
    while (slots_[at] >= 0) {
      if (texts_[static_cast<std::size_t>(slots_[at])] == text)
        return slots_[at];
      at = (at + 1) & (slots_.size() - 1);
    }
    const auto code = static_cast<std::int32_t>(texts_.size());
    slots_[at] = code;
    texts_.push_back(text);
    if (texts_.size() * 2 > slots_.size())
      grow();
    return code;
  }
  std::vector<std::string_view> &&texts() { return std::move(texts_); }

private:
  static constexpr std::size_t least = 256;

  // All of a long text is hashed: many may begin and end alike.
  static std::size_t hash(std::string_view text) {
    constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15;
    constexpr std::size_t half = 8, both = 16;
    if (text.size() > both)
      return std::hash<std::string_view>()(text);
    std::uint64_t low = 0, high = 0;
    if (text.size() >= half) {
      std::memcpy(&low, text.data(), half);
      std::memcpy(&high, text.data() + text.size() - half, half);
    } else if (text.size() >= 4) {
      std::uint32_t front = 0, back = 0;
      std::memcpy(&front, text.data(), 4);
      std::memcpy(&back, text.data() + text.size() - 4, 4);
      low = front, high = back;
    } else if (!text.empty()) {
      low = static_cast<unsigned char>(text.front());
      high = static_cast<std::uint64_t>(static_cast<unsigned char>(text[text.size() / 2])) << 8 |
             static_cast<unsigned char>(text.back());
    }
    const std::uint64_t mixed = (low ^ (high * odd) ^ text.size()) * odd;
    return static_cast<std::size_t>(mixed ^ mixed >> 32);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, -1);
    for (std::size_t code = 0; code < texts_.size(); ++code) {
      std::size_t at = hash(texts_[code]) & (slots_.size() - 1);
      while (slots_[at] >= 0)
        at = (at + 1) & (slots_.size() - 1);
      slots_[at] = static_cast<std::int32_t>(code);
    }
  }

  std::vector<std::int32_t> slots_;
  std::vector<std::string_view> texts_;
};

} // namespace spie::table
