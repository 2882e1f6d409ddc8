#include "text/spreadsheet.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie {

std::string_view without_formula(std::string_view text, std::string &unquoted) {
  constexpr std::string_view opening = "=\"";
  if (text.size() <= opening.size() || !text.starts_with(opening) || !text.ends_with('"'))
    return text;
  const std::string_view inside = text.substr(opening.size(), text.size() - opening.size() - 1);
  unquoted.clear();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '"' && !inside.substr(++i).starts_with('"'))
      return text; // more than one text: a formula that computes something
    unquoted += inside[i];
  }
  return trimmed(unquoted);
}

std::optional<std::int64_t> excel_day(std::string_view text) noexcept {
  constexpr std::int64_t day_of_1970 = 25'569;
  if (text.size() != 5 || text.front() == '0' ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::int64_t day = 0;
  for (const char c : text)
    day = day * 10 + (c - '0');
  return day - day_of_1970;
}

std::optional<SeparatorLine> separator_line(std::string_view text) noexcept {
  const std::size_t start = text.starts_with('"') ? 1 : 0;
  constexpr std::string_view word = "sep=";
  for (std::size_t i = 0; i < word.size(); ++i)
    if (start + i >= text.size() || (text[start + i] | (word[i] == '=' ? 0 : 0x20)) != word[i])
      return std::nullopt;
  const std::size_t at = start + word.size();
  if (at >= text.size() || text[at] == '\r' || text[at] == '\n')
    return std::nullopt;
  std::size_t end = at + 1;
  if (start == 1 && text.substr(end).starts_with('"'))
    ++end;
  while (end < text.size() && text[end] == text[at]) // as many empty cells as the other lines have
    ++end;
  if (end == text.size())
    return SeparatorLine{text[at], end};
  if (text[end] != '\r' && text[end] != '\n')
    return std::nullopt;
  return SeparatorLine{text[at], end + (text.substr(end).starts_with("\r\n") ? 2U : 1U)};
}

namespace {

struct Kind {
  std::string_view start, inside; // what it begins with, what its first bytes hold
  bool encoding;
  const char *reason, *remedy;
};

constexpr const char *save_as_csv = "Ouvrir le classeur et l'enregistrer en « CSV UTF-8 ».";
constexpr const char *save_as_utf8 = "L'enregistrer en « CSV UTF-8 ».";

constexpr std::array<Kind, 10> kinds{{
    {"\xFF\xFE", "", true, "le fichier est en UTF-16, ou n'est pas un texte", save_as_utf8},
    {"\xFE\xFF", "", true, "le fichier est en UTF-16, ou n'est pas un texte", save_as_utf8},
    {"PK\x03\x04", "xl/", false, "le fichier est un classeur (.xlsx), pas un CSV", save_as_csv},
    {"PK\x03\x04", "opendocument.spreadsheet", false, "le fichier est un classeur (.ods), pas un CSV", save_as_csv},
    {"PK\x03\x04", "", false, "le fichier est un classeur ou une archive, pas un CSV",
     "Ouvrir le classeur et l'enregistrer en « CSV UTF-8 » ; décompresser l'archive."},
    {"\xD0\xCF\x11\xE0", "", false, "le fichier est un classeur d'un ancien Excel (.xls), pas un CSV", save_as_csv},
    {"\x1F\x8B", "", false, "le fichier est compressé", "Le décompresser."},
    {"%PDF", "", false, "le fichier est un PDF, une page ou un flux XML, pas un CSV",
     "Vérifier que c'est le bon fichier."},
    {"<", "", false, "le fichier est un PDF, une page ou un flux XML, pas un CSV",
     "Vérifier que c'est le bon fichier ; d'une page ou d'un classeur, enregistrer en « CSV UTF-8 »."},
    // Last: a workbook is full of NUL.
    {"", std::string_view("\0", 1), true, "le fichier est en UTF-16, ou n'est pas un texte", save_as_utf8},
}};

} // namespace

std::optional<NoCsv> no_csv(std::string_view start) {
  const std::string_view window = start.substr(0, 64U << 10U);
  for (const Kind &kind : kinds) {
    // A NUL further on is a fault of its line.
    const std::string_view searched = kind.start.empty() ? window.substr(0, 64) : window;
    if (window.starts_with(kind.start) && (kind.inside.empty() || searched.find(kind.inside) != std::string_view::npos))
      return NoCsv{kind.encoding, kind.reason, kind.remedy};
  }
  return std::nullopt;
}

} // namespace spie
