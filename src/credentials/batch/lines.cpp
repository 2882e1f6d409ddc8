#include "rules/json/reader.hpp"
#include "spie/credentials/lot.hpp"
#include "spie/suggestion.hpp"
#include "text/csv_file.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

constexpr std::size_t most_findings = 1'000;
constexpr JsonLimits line_limits{4, std::size_t{1} << 20U};

struct Column {
  std::string_view name;
  std::string LigneLot::*member;
};
constexpr std::array columns{Column{"id", &LigneLot::id}, Column{"destinataire", &LigneLot::destinataire},
                             Column{"courriel", &LigneLot::courriel}, Column{"recit", &LigneLot::recit}};

std::string place(std::size_t line) { return "ligne " + std::to_string(line); }

Diagnostic fault(std::string english, std::string french, std::size_t line) {
  return {Code::badge_structure, Level::error, std::move(english), place(line), {}, std::move(french)};
}

const Column *column_of(std::string_view name) noexcept {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column &one) { return one.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

Diagnostic unknown_column(std::string_view name, std::size_t line) {
  std::vector<std::string> names;
  for (const Column &one : columns)
    names.emplace_back(one.name);
  Diagnostic told = fault(unknown("column", name, names), "une colonne n’est pas de celles d’un lot", line);
  told.suggestion = "id, destinataire, courriel, recit";
  return told;
}

class Collected {
public:
  void add(Diagnostic one) {
    if (found_.size() < most_findings)
      found_.push_back(std::move(one));
  }
  void end() {
    if (!found_.empty())
      throw Error(std::move(found_));
  }

private:
  std::vector<Diagnostic> found_;
};

std::vector<LigneLot> json_lines(std::string_view text) {
  std::vector<LigneLot> lines;
  Collected faults;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty())
      continue;
    try {
      const feel::Value value = json::read_verbatim(line, {}, line_limits).value;
      LigneLot read{static_cast<std::int64_t>(number)};
      if (!value.is(feel::Kind::context)) {
        faults.add(fault("a line is an object", "une ligne est un objet JSON", number));
        continue;
      }
      for (const auto &[key, given] : value.context()) {
        const Column *column = column_of(key);
        if (column == nullptr)
          faults.add(unknown_column(key, number));
        else if (!given.is(feel::Kind::text))
          faults.add(fault("'" + key + "' is no text", "« " + key + " » n’est pas un texte", number));
        else
          read.*column->member = given.text();
      }
      lines.push_back(std::move(read));
    } catch (const Error &error) { // whose place is that in the line
      Diagnostic told = error.first();
      told.where = place(number) + (told.where.empty() ? "" : ", " + told.where);
      faults.add(std::move(told));
    }
  }
  faults.end();
  return lines;
}

std::vector<LigneLot> csv_lines(std::string_view text) {
  std::size_t at = 0;
  CsvFile file(
      [&](char *buffer, std::size_t size) {
        const std::size_t count = text.copy(buffer, size, at);
        at += count;
        return count;
      },
      {'\0', CsvEncoding::guessed, std::size_t{1} << 20U});
  if (const auto refused = file.open())
    throw Error(fault("the file is no CSV with a header", refused->reason, 1));
  Collected faults;
  std::vector<const Column *> read;
  for (const std::string &name : file.header()) {
    read.push_back(column_of(name));
    if (read.back() == nullptr)
      faults.add(unknown_column(name, file.header_line().number));
    else if (std::count(read.begin(), read.end(), read.back()) > 1)
      faults.add(fault("a column is given twice", "une colonne est donnée deux fois", file.header_line().number));
  }
  faults.end();
  std::vector<LigneLot> lines;
  CsvLine line;
  while (file.next(line)) {
    if (line.fault) {
      faults.add(fault("the line is ill-formed", line.fault->reason, line.number));
      continue;
    }
    if (line.cell_count > read.size()) {
      faults.add(
          fault("the line has more cells than the header", "la ligne a plus de cases que l’en-tête", line.number));
      continue;
    }
    LigneLot one{static_cast<std::int64_t>(line.number)};
    for (std::size_t i = 0; i < line.cells.size(); ++i)
      one.*read[i]->member = line.cells[i];
    lines.push_back(std::move(one));
  }
  faults.end();
  return lines;
}

} // namespace

std::vector<LigneLot> lire_lot(std::string_view texte) {
  if (texte.starts_with("\xEF\xBB\xBF"))
    texte.remove_prefix(3);
  const std::size_t first = texte.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return {};
  return texte[first] == '{' ? json_lines(texte) : csv_lines(texte);
}

} // namespace spie::credentials
