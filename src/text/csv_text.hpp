// Writes the CSV that a French spreadsheet opens: separator ;, CRLF.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace spie {

class CsvText {
public:
  void row(std::initializer_list<std::string> fields) {
    bool first = true;
    for (const std::string &field : fields) {
      if (!first)
        text_ += ';';
      first = false;
      if (field.find_first_of(";\"\r\n") == std::string::npos) {
        text_ += field;
        continue;
      }
      text_ += '"';
      for (const char c : field)
        text_ += c == '"' ? "\"\"" : std::string(1, c);
      text_ += '"';
    }
    text_ += "\r\n";
  }
  std::string take() && { return std::move(text_); }

private:
  std::string text_;
};

// What came from a file, made safe: a spreadsheet runs a text that begins like a formula.
inline std::string foreign(const std::string &text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return formula ? "'" + text : text;
}

} // namespace spie
