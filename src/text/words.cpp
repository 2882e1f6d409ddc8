#include "text/words.hpp"

#include "spie/nir.hpp"

namespace spie {

namespace {

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

} // namespace

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
  const std::string masked = without_nir(text); // before the cut, which could leave a part of one
  std::string result;
  std::size_t count = 0;
  for (const char c : masked) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && count++ == characters)
      return result + "…";
    result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return result;
}

std::string listed(const std::vector<std::string> &words) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i)
    result += (i == 0 ? "« " : i + 1 == words.size() ? " ou « " : ", « ") + words[i] + " »";
  return result;
}

} // namespace spie
