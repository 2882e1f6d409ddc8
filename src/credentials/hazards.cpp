#include "credentials/hazards.hpp"

#include "credentials/jcs.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace spie::credentials {

namespace {

using feel::Kind;
using feel::Value;

constexpr std::size_t most = 100;

std::string_view fault_of_number(std::string_view digits) {
  const double value = double_of(digits);
  const auto written = feel::Number::parse(digits);
  if (value == 0)
    return digits.starts_with('-')                  ? "minus zero is signed as zero"
           : written && *written != feel::Number(0) ? "so small a number is signed as zero"
                                                    : std::string_view();
  if (std::abs(value) > 9'007'199'254'740'992.0)
    return "a number beyond 2^53 is not signed alike by everyone";
  if (std::abs(value) < 1e-6)
    return "so small a number is not signed alike by everyone";
  std::array<char, 40> buffer{};
  const auto [end, fault] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, 15);
  if (double_of(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data()))) != value)
    return "a signature covers sixteen digits of a number, and this one has more";
  if (!written || *written != feel::Number::parse(ecmascript_number(value)))
    return "a signature does not cover the last digits of this number";
  return {};
}

std::string_view fault_of_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\r') || byte == 0x7F)
      return "a control character is not signed alike by everyone";
    if (byte == 0xEF && (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")))
      return "U+FFFE and U+FFFF are not signed alike by everyone";
  }
  return {};
}

class Search {
public:
  explicit Search(const Digits &digits) : digits_(digits) {}

  void look(const Value &value) {
    if (found.size() >= most)
      return;
    if (value.is(Kind::text)) {
      tell(fault_of_text(value.text()));
    } else if (value.is(Kind::number)) {
      const auto written = digits_.find(pointer_);
      tell(fault_of_number(written != digits_.end() ? written->second : value.number().to_string()));
    } else if (value.is(Kind::list)) {
      std::size_t index = 0;
      for (const Value &item : value.list())
        under(std::to_string(index++), item);
    } else if (value.is(Kind::context)) {
      for (const auto &[key, part] : value.context())
        under(key, part);
    }
  }

  std::vector<Diagnostic> found;

private:
  void under(std::string_view step, const Value &value) {
    const std::size_t length = pointer_.size();
    append_step(pointer_, step);
    tell(fault_of_text(step));
    look(value);
    pointer_.resize(length);
  }
  void tell(std::string_view fault) {
    if (!fault.empty() && found.size() < most)
      found.push_back({Code::badge_warning, Level::warning, std::string(fault), pointer_});
  }

  const Digits &digits_;
  std::string pointer_;
};

} // namespace

std::vector<Diagnostic> hazards(const json::Verbatim &document) {
  Search search(document.digits);
  search.look(document.value);
  return std::move(search.found);
}

} // namespace spie::credentials
