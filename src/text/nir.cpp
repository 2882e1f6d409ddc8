#include "spie/nir.hpp"

#include "text/encoding.hpp"
#include "text/nir_forms.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace spie {

namespace {

// --- characters ---

enum class Kind : std::uint8_t { digit, corsica, unseen, blank, sign, other };

struct Sign {
  Kind kind = Kind::other;
  char shown = '\0'; // '0' … '9', 'A', 'B'
  std::size_t at = 0, length = 1;
};

constexpr bool in_order(const auto &table) {
  for (std::size_t i = 1; i < std::size(table); ++i)
    if (table[i].first <= table[i - 1].first)
      return false;
  return true;
}
static_assert(in_order(nir_forms::digits) && in_order(nir_forms::letters) && in_order(nir_forms::unseen) &&
              in_order(nir_forms::blanks) && in_order(nir_forms::signs));

// The last row that begins at the code or before it.
template <class Table> const auto *last_before(const Table &table, char32_t code) {
  const auto after = std::upper_bound(std::begin(table), std::end(table), code,
                                      [](char32_t one, const auto &row) { return one < row.first; });
  return after == std::begin(table) ? nullptr : &*(after - 1);
}
template <class Table> bool holds(const Table &table, char32_t code) {
  const auto *row = last_before(table, code);
  return row != nullptr && code <= row->last;
}

Sign ascii_sign(unsigned char byte) {
  if (byte >= '0' && byte <= '9')
    return {Kind::digit, static_cast<char>(byte)};
  const unsigned char small = byte | 0x20U;
  if (small >= 'a' && small <= 'z')
    return {small <= 'b' ? Kind::corsica : Kind::other, static_cast<char>(byte & ~0x20U)};
  const bool blank = byte == ' ' || byte == '.' || byte == '-' || (byte >= '\t' && byte <= '\r');
  return {blank ? Kind::blank : Kind::sign};
}

Sign sign_of(char32_t code) {
  if (const auto *row = last_before(nir_forms::digits, code); row != nullptr && code < row->first + row->count)
    return {Kind::digit, static_cast<char>('0' + (row->value + (code - row->first)) % 10)};
  if (const auto *row = last_before(nir_forms::letters, code); row != nullptr && code == row->first)
    return {Kind::corsica, row->shown};
  return {holds(nir_forms::unseen, code)   ? Kind::unseen
          : holds(nir_forms::blanks, code) ? Kind::blank
          : holds(nir_forms::signs, code)  ? Kind::sign
                                           : Kind::other};
}

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// What a text that was quoted writes for a blank: \n, \t, \xA0, \u202F; 1 when the bar is one alone.
std::size_t escape_length(std::string_view text) {
  const std::string_view after = text.substr(1);
  if (after.starts_with('n') || after.starts_with('t') || after.starts_with('r'))
    return 2;
  const std::size_t digits = after.starts_with('x') ? 2 : after.starts_with('u') ? 4 : 0;
  return digits != 0 && after.size() > digits &&
                 std::all_of(after.begin() + 1, after.begin() + 1 + static_cast<std::ptrdiff_t>(digits),
                             [](char c) { return is_hexadecimal(c); })
             ? digits + 2
             : 1;
}

// The character at this place; a byte that is no UTF-8 is a sign, as it may be a blank of another encoding.
Sign sign_at(std::string_view text, std::size_t at) {
  const CodePoint c = code_point_at(text, at);
  Sign sign = c.value < 0x80 ? ascii_sign(static_cast<unsigned char>(c.value)) : sign_of(c.value);
  sign.length = c.value == '\\' ? escape_length(text.substr(at)) : c.length;
  sign.at = at;
  return sign;
}

constexpr std::size_t without_key = 13, with_key = 15;

// Most texts have not as many digits: nothing more is looked for in them.
bool has_digits_enough(std::string_view text) {
  constexpr std::size_t least = without_key - 1; // and the letter of 2A or 2B
  if (text.size() <= least)
    return false;
  std::size_t count = 0, others = 0;
  for (const char c : text) {
    count += c >= '0' && c <= '9' ? 1U : 0U;
    others += static_cast<unsigned char>(c) >= 0xC2U ? 1U : 0U;
  }
  if (count >= least || count + others < least)
    return count >= least;
  for (std::size_t at = 0; at < text.size() && count < least; ++at)
    if (static_cast<unsigned char>(text[at]) >= 0xC2U && sign_at(text, at).kind == Kind::digit)
      ++count;
  return count >= least;
}

// In each hundred digests of 64 characters two have thirteen digits in a row that could be a number.
bool is_digest(std::string_view word) {
  return (word.size() == 32 || word.size() == 40 || word.size() == 64) &&
         std::all_of(word.begin(), word.end(), [](char c) { return is_hexadecimal(c); });
}

std::vector<Sign> signs_of(std::string_view text) {
  std::vector<Sign> signs;
  signs.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); at += signs.back().length)
    signs.push_back(sign_at(text, at));
  const auto in_word = [](const Sign &sign) {
    return sign.kind == Kind::digit || sign.kind == Kind::corsica || sign.kind == Kind::other;
  };
  for (auto first = signs.begin(); first != signs.end();) {
    first = std::find_if(first, signs.end(), in_word);
    const auto end = std::find_if_not(first, signs.end(), in_word);
    if (first != end && is_digest(text.substr(first->at, (end - 1)->at + (end - 1)->length - first->at)))
      std::for_each(first, end, [](Sign &sign) { sign.kind = Kind::other; });
    first = end;
  }
  return signs;
}

// --- numbers ---

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text)
    value = value * 10 + (c - '0');
  return value;
}

// Sex, year, month, department, commune, order, and the key or not.
bool has_form(std::string_view bare) {
  if (bare[0] != '1' && bare[0] != '2')
    return false;
  const std::int64_t month = number(bare.substr(3, 2));
  // 20 and above: the month is not known, or the number was given to someone born abroad.
  if (month == 0 || (month > 12 && month < 20))
    return false;
  return bare.substr(5, 2) != "00" && bare.substr(7, 3) != "000" && bare.substr(10, 3) != "000";
}

bool key_is_right(std::string_view bare) {
  std::string numeric(bare);
  std::int64_t corsica = 0; // the key counts 2A as 19 and 2B as 18
  if (numeric[6] == 'A' || numeric[6] == 'B') {
    corsica = numeric[6] == 'A' ? 1'000'000 : 2'000'000;
    numeric[6] = '0';
  }
  return 97 - (number(numeric.substr(0, without_key)) - corsica) % 97 == number(numeric.substr(without_key, 2));
}

// What begins at a digit: up to fifteen characters, and what was found between them.
struct Reading {
  std::string bare;
  std::size_t end_13 = 0, end_15 = 0;      // the sign after the last
  bool apart_13 = false;                   // something is seen between two of the thirteen
  bool signs_13 = false, signs_15 = false; // other than blanks, points and dashes
};

bool is_digit_after(const std::vector<Sign> &signs, std::size_t at) {
  while (at < signs.size() && signs[at].kind == Kind::unseen)
    ++at;
  return at < signs.size() && signs[at].kind == Kind::digit;
}

// The signs of the word before the key that begins here; 0 when none does.
std::size_t key_word(std::string_view text, const std::vector<Sign> &signs, std::size_t at) {
  std::string low(text.substr(signs[at].at, 6));
  for (char &c : low)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  if (low.starts_with("cl\u00C9")) // É
    low.replace(2, 2, "\u00E9");
  std::size_t longest = 0;
  for (const std::string_view word : nir_forms::key_words)
    if (low.starts_with(word))
      longest = std::max(longest, word.size());
  std::size_t count = 0;
  while (at + count < signs.size() && signs[at + count].at < signs[at].at + longest)
    ++count;
  return count;
}

Reading read_from(std::string_view text, const std::vector<Sign> &signs, std::size_t start) {
  constexpr std::size_t widest = 8; // an end of line and the margin of the next
  Reading reading;
  std::size_t gap = 0;
  bool word_seen = false;
  for (std::size_t i = start; i < signs.size() && reading.bare.size() < with_key && gap <= widest;) {
    const Sign &sign = signs[i];
    const bool corsica = sign.kind == Kind::corsica && reading.bare.size() == 6 && reading.bare.back() == '2';
    if (sign.kind == Kind::digit || corsica) {
      reading.bare += sign.shown;
      gap = 0;
      ++i;
      if (reading.bare.size() == without_key)
        reading.end_13 = i;
      else if (reading.bare.size() == with_key)
        reading.end_15 = i;
      continue;
    }
    if (sign.kind == Kind::corsica || sign.kind == Kind::other) {
      const std::size_t word =
          reading.bare.size() == without_key && !word_seen ? key_word(text, signs, i) : std::size_t{0};
      if (word == 0)
        break;
      word_seen = reading.signs_15 = true;
      i += word;
      continue;
    }
    ++gap;
    ++i;
    const bool seen = sign.kind != Kind::unseen;
    reading.apart_13 = reading.apart_13 || (seen && reading.bare.size() < without_key);
    if (sign.kind == Kind::sign)
      (reading.bare.size() < without_key ? reading.signs_13 : reading.signs_15) = true;
  }
  reading.signs_15 = reading.signs_15 || reading.signs_13;
  if (reading.end_13 != 0 && !has_form(reading.bare))
    reading.end_13 = 0;
  if (reading.end_13 == 0)
    reading.end_15 = 0;
  return reading;
}

// The sign after the number that begins here; 0 when none does.
std::size_t end_of_nir(std::string_view text, const std::vector<Sign> &signs, std::size_t start) {
  if (signs[start].kind != Kind::digit || (signs[start].shown != '1' && signs[start].shown != '2'))
    return 0;
  for (std::size_t before = start; before > 0; --before) {
    if (signs[before - 1].kind == Kind::unseen)
      continue;
    if (signs[before - 1].kind == Kind::digit)
      return 0;
    break;
  }
  const Reading reading = read_from(text, signs, start);
  if (reading.end_15 != 0 && !is_digit_after(signs, reading.end_15) && key_is_right(reading.bare))
    return reading.end_15;
  // In one piece alone: two telephone numbers make thirteen digits too.
  return reading.end_13 != 0 && !reading.apart_13 && !is_digit_after(signs, reading.end_13) ? reading.end_13 : 0;
}

// Calls `found(first byte, length)` for each, until it answers false.
template <class Found> void each_nir(std::string_view text, Found &&found) {
  if (!has_digits_enough(text))
    return;
  const std::vector<Sign> signs = signs_of(text);
  for (std::size_t start = 0; start < signs.size();) {
    const std::size_t end = end_of_nir(text, signs, start);
    if (end == 0) {
      ++start;
      continue;
    }
    const std::size_t first = signs[start].at;
    if (!found(first, signs[end - 1].at + signs[end - 1].length - first))
      return;
    start = end;
  }
}

// The whole text as one number, its key right or not; empty when the form is another.
struct Whole {
  std::string bare;
  bool signs = false; // other than blanks, points and dashes stand in it
};
Whole whole_of(std::string_view text) {
  constexpr std::size_t longest = 120; // with a sign of three bytes after each
  if (text.size() > longest || !has_digits_enough(text))
    return {};
  const std::vector<Sign> signs = signs_of(text);
  const auto between = [&](std::size_t i) {
    return signs[i].kind == Kind::unseen || signs[i].kind == Kind::blank || signs[i].kind == Kind::sign;
  };
  std::size_t start = 0;
  while (start < signs.size() && between(start))
    ++start;
  Reading reading = read_from(text, signs, start);
  std::size_t end = reading.end_15 != 0 ? reading.end_15 : reading.end_13;
  const bool has_key = reading.end_15 != 0;
  if (end == 0)
    return {};
  while (end < signs.size() && between(end))
    ++end;
  if (end != signs.size())
    return {};
  reading.bare.resize(has_key ? with_key : without_key);
  return {std::move(reading.bare), has_key ? reading.signs_15 : reading.signs_13};
}

} // namespace

std::optional<Nir> read_nir(std::string_view text) {
  const auto [bare, signs] = whole_of(text);
  if (bare.empty() || (bare.size() == without_key ? signs : !key_is_right(bare)))
    return std::nullopt;
  const auto month = static_cast<int>(number(bare.substr(3, 2)));
  return Nir{bare.substr(0, without_key), bare[0] - '0', static_cast<int>(number(bare.substr(1, 2))),
             month <= 12 ? month : 0};
}

std::optional<std::pair<std::size_t, std::size_t>> find_nir(std::string_view text) {
  std::optional<std::pair<std::size_t, std::size_t>> place;
  each_nir(text, [&](std::size_t first, std::size_t length) {
    place.emplace(first, length);
    return false;
  });
  return place;
}

bool holds_nir(std::string_view text) { return find_nir(text).has_value() || read_nir(text).has_value(); }

bool resembles_nir(std::string_view text) {
  const auto [bare, signs] = whole_of(text);
  return !bare.empty() && (!signs || (bare.size() == with_key && key_is_right(bare)));
}

std::string masked_nir(std::string_view text) {
  if (text.empty())
    return {};
  const Sign first = sign_at(text, 0);
  return (first.kind == Kind::digit ? std::string(1, first.shown) : std::string(text.substr(0, first.length))) + "…";
}

std::string without_nir(std::string_view text) {
  std::string result;
  std::size_t copied = 0;
  each_nir(text, [&](std::size_t first, std::size_t length) {
    result += text.substr(copied, first - copied);
    result += masked_nir(text.substr(first, length));
    copied = first + length;
    return true;
  });
  return copied == 0 ? std::string(text) : result += text.substr(copied);
}

} // namespace spie
