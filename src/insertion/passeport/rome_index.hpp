// The words of the labels, and the entries that hold them.
#pragma once

#include "insertion/passeport/rome_mots.hpp"
#include "spie/passeport/rome.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::passeport {

class IndexRome {
public:
  explicit IndexRome(std::span<const EntreeRome> entries);

  // Entries that hold a word of the text: bit i of `entiers` for its word i whole, of `tous` whole or as a beginning.
  struct Tenu {
    std::uint32_t entiers = 0, tous = 0;
  };
  std::vector<Tenu> holding(std::span<const MotRome> words) const;

  // The words of the label of an entry, of which `text` is to be all, in this order.
  bool is(std::uint32_t entry, std::string_view text) const { return texts_[entry] == text; }
  std::uint32_t word_count(std::uint32_t entry) const { return counts_[entry]; }

private:
  std::uint32_t stem(const std::string &text);
  void add(std::uint32_t entry, const MotRome &word);

  std::unordered_map<std::string, std::uint32_t> stems_;
  std::vector<std::vector<std::uint32_t>> holders_;          // entries by stem, in their order
  std::vector<std::pair<std::string, std::uint32_t>> words_; // as they are written, sorted, with their stem
  std::vector<std::string> texts_;                           // stems of the label of each entry, in one text
  std::vector<std::uint32_t> counts_;
};

// The stems of words in one text.
std::string suite_rome(std::span<const MotRome> words);

} // namespace spie::passeport
