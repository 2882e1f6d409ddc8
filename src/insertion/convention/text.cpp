#include "text.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace spie::convention {

std::optional<std::size_t> utf8_fault(std::string_view bytes) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned char lead = at(i);
    if (lead == 0)
      return i;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || bytes.size() - i < length)
      return i;
    for (std::size_t k = 1; k < length; ++k)
      if ((at(i + k) & 0xC0) != 0x80)
        return i;
    // Overlong forms, surrogates, beyond U+10FFFF.
    const unsigned char second = at(i + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) || (lead == 0xF0 && second < 0x90) ||
        (lead == 0xF4 && second >= 0x90))
      return i;
    i += length;
  }
  return std::nullopt;
}

namespace {

// Code points of bytes 80 to 9F; zero where windows-1252 has none.
constexpr std::array<char16_t, 32> windows_1252_high{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string &text, char16_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// The bytes of the blank that begins, or ends, the text; zero when there is none.
std::size_t blank_at_start(std::string_view text) noexcept {
  if (text.starts_with(' ') || text.starts_with('\t') || text.starts_with('\n') || text.starts_with('\r'))
    return 1;
  if (text.starts_with("\xC2\xA0"))
    return 2;
  return text.starts_with("\xE2\x80\xAF") ? 3 : 0;
}
std::size_t blank_at_end(std::string_view text) noexcept {
  if (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\n') || text.ends_with('\r'))
    return 1;
  if (text.ends_with("\xC2\xA0"))
    return 2;
  return text.ends_with("\xE2\x80\xAF") ? 3 : 0;
}

// Lower case, without French accents, words joined by underscores: what two spellings of a code have in common.
std::string folded(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 26> accents{{
      {"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'}, {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"î", 'i'},        {"ï", 'i'},
      {"ô", 'o'}, {"ö", 'o'}, {"û", 'u'}, {"ù", 'u'}, {"ü", 'u'}, {"ç", 'c'}, {"É", 'e'}, {"È", 'e'},        {"Ê", 'e'},
      {"À", 'a'}, {"Â", 'a'}, {"Î", 'i'}, {"Ô", 'o'}, {"Û", 'u'}, {"Ç", 'c'}, {"’", '_'}, {"\xC2\xA0", '_'},
  }};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto *accent = std::find_if(accents.begin(), accents.end(),
                                      [&](const auto &entry) { return text.substr(i).starts_with(entry.first); });
    if (accent != accents.end()) {
      result += accent->second;
      i += accent->first.size();
      continue;
    }
    const char c = text[i++];
    result += c == ' ' || c == '-' || c == '\'' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

} // namespace

std::optional<std::string> utf8_from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252_high[byte - 0x80] : byte;
    if (code == 0) // NUL too
      return std::nullopt;
    append_utf8(text, code);
  }
  return text;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (const std::size_t blank = blank_at_start(text))
    text.remove_prefix(blank);
  while (const std::size_t blank = blank_at_end(text))
    text.remove_suffix(blank);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::string result;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && count++ == characters)
      return result + "…";
    result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return result;
}

const std::string *nearest(std::string_view text, const std::vector<std::string> &candidates) {
  if (text.empty() || text.size() > 64) // longer than any code: not worth comparing
    return nullptr;
  const std::string wanted = folded(text);
  const std::string *best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string &candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, folded(candidate));
    const bool near = distance <= std::min<std::size_t>(3, candidate.size() / 3);
    if (near && (best == nullptr || distance < best_distance)) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string listed(const std::vector<std::string> &words) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i)
    result += (i == 0 ? "« " : i + 1 == words.size() ? " ou « " : ", « ") + words[i] + " »";
  return result;
}

} // namespace spie::convention
