#include "credentials/jcs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace spie::credentials {

namespace {

using feel::Kind;
using feel::Value;

// UTF-8 keeps the order of code points; UTF-16 writes those above U+FFFF with surrogates, before U+E000.
bool before_in_utf16(std::string_view a, std::string_view b) noexcept {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() || right == b.end())
    return left == a.end() && right != b.end();
  const auto rank = [](char byte) {
    const auto lead = static_cast<unsigned char>(byte);
    return lead == 0xEE || lead == 0xEF ? lead + 0x100 : int{lead};
  };
  return rank(*left) < rank(*right);
}

void append_text(std::string &out, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
    case '"':
    case '\\':
      out += '\\';
      out += c;
      break;
    case '\b':
      out += "\\b";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\r':
      out += "\\r";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        out += "\\u00";
        out += hex[static_cast<unsigned char>(c) >> 4];
        out += hex[static_cast<unsigned char>(c) & 0xF];
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

class Writer {
public:
  Writer(const Digits *digits, std::string pointer) : digits_(digits), pointer_(std::move(pointer)) {}

  void write(const Value &value) {
    switch (value.kind()) {
    case Kind::null:
      out += "null";
      break;
    case Kind::boolean:
      out += value.boolean() ? "true" : "false";
      break;
    case Kind::number:
      write_number(value);
      break;
    case Kind::text:
      append_text(out, value.text());
      break;
    case Kind::list:
      write_list(value.list());
      break;
    case Kind::context:
      write_object(value.context());
      break;
    default:
      throw Error({Code::badge_limit, Level::error, "a value that JSON does not have", pointer_});
    }
  }

  std::string out;

private:
  void write_number(const Value &value) {
    const auto written = digits_ == nullptr ? Digits::const_iterator() : digits_->find(pointer_);
    const double number = digits_ != nullptr && written != digits_->end() ? double_of(written->second)
                                                                          : double_of(value.number().to_string());
    if (!std::isfinite(number))
      throw Error({Code::badge_structure, Level::error, "a number that no double holds", pointer_});
    out += ecmascript_number(number);
  }

  void write_list(const feel::List &list) {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0)
        out += ',';
      const std::size_t length = pointer_.size();
      pointer_ += '/' + std::to_string(i);
      write(list[i]);
      pointer_.resize(length);
    }
    out += ']';
  }

  void write_object(const feel::Context &object) {
    std::vector<const feel::Context::Entry *> entries;
    entries.reserve(object.size());
    for (const auto &entry : object)
      entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](const auto *a, const auto *b) { return before_in_utf16(a->first, b->first); });
    out += '{';
    for (const auto *entry : entries) {
      if (out.back() != '{')
        out += ',';
      append_text(out, entry->first);
      out += ':';
      const std::size_t length = pointer_.size();
      append_step(pointer_, entry->first);
      write(entry->second);
      pointer_.resize(length);
    }
    out += '}';
  }

  const Digits *digits_;
  std::string pointer_;
};

} // namespace

void append_step(std::string &pointer, std::string_view key) {
  pointer += '/';
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

double double_of(std::string_view digits) {
  double value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // Out of range, from_chars leaves the value as it was: too small is 0, too large is what no double holds.
  if (fault == std::errc::result_out_of_range) {
    const auto number = feel::Number::parse(digits);
    return number && std::abs(number->to_double()) < 1 ? 0.0 : HUGE_VAL;
  }
  return value;
}

std::string ecmascript_number(double value) {
  if (value == 0)
    return "0";
  std::array<char, 32> buffer{};
  const auto [end, fault] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t mark = text.find('e');
  std::string digits(text.substr(0, 1));
  if (mark > 2)
    digits += text.substr(2, mark - 2);
  int exponent = 0;
  std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), end, exponent);

  // ECMA-262, Number::toString: n is where the decimal point stands, k how many digits there are.
  std::string out = value < 0 ? "-" : "";
  const int n = exponent + 1, k = static_cast<int>(digits.size());
  if (k <= n && n <= 21)
    return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21)
    return out + digits.insert(static_cast<std::size_t>(n), ".");
  if (-6 < n && n <= 0)
    return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  if (k > 1)
    digits.insert(1, ".");
  return out + digits + 'e' + (n > 0 ? "+" : "-") + std::to_string(std::abs(n - 1));
}

std::string canonical_json(const feel::Value &value, const Digits *digits, std::string pointer) {
  Writer writer(digits, std::move(pointer));
  writer.write(value);
  return std::move(writer.out);
}

std::string canonical_json(const json::Verbatim &document) { return canonical_json(document.value, &document.digits); }

} // namespace spie::credentials
