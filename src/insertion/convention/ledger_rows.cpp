#include "insertion/convention/ledger_rows.hpp"

#include "rules/feel/loading.hpp"
#include "text/csv_file.hpp"
#include "text/encoding.hpp"
#include "text/spreadsheet.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include "spie/json.hpp"
#include "spie/nir.hpp"

#include <algorithm>
#include <utility>

namespace spie::convention {

namespace {

std::string_view without_bom(std::string_view bytes) noexcept {
  return bytes.starts_with(byte_order_mark) ? bytes.substr(byte_order_mark.size()) : bytes;
}

[[noreturn]] void refuse_file(Code code, std::string_view name, std::string message, std::string remedy) {
  throw Error({code, Level::error, std::move(message), std::string(name), std::move(remedy)});
}

std::vector<std::string> names(const std::vector<Column> &columns) {
  std::vector<std::string> result;
  for (const Column &column : columns)
    result.push_back(column.name);
  return result;
}

Code code_of(CsvFault::Kind kind) noexcept {
  switch (kind) {
  case CsvFault::Kind::encoding:
    return Code::ledger_encoding;
  case CsvFault::Kind::format:
    return Code::ledger_format;
  case CsvFault::Kind::empty:
    return Code::ledger_nothing;
  default:
    return Code::ledger_row;
  }
}

CsvEncoding encoding_of(Encodage encodage) noexcept {
  return encodage == Encodage::devine ? CsvEncoding::guessed
         : encodage == Encodage::utf8 ? CsvEncoding::utf8
                                      : CsvEncoding::windows_1252;
}

CsvFile::Read reader_of(std::string_view bytes) {
  return [bytes](char *buffer, std::size_t size) mutable {
    const std::size_t count = bytes.copy(buffer, size);
    bytes.remove_prefix(count);
    return count;
  };
}

// For each field of the header, the index of its column, or -1.
std::vector<int> read_header(const CsvLine &header, std::string_view name, const std::vector<Column> &columns,
                             CompteRendu &lecture) {
  const std::string place = std::string(name) + ":" + std::to_string(header.number);
  std::vector<int> order;
  std::vector<std::string> missing;
  for (const Column &column : columns)
    if (column.in_header)
      missing.push_back(column.name);
  std::vector<std::string> unknown;
  for (const std::string &field : header.cells) {
    const std::string wanted = ascii_lower(field);
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const Column &c) { return c.name == wanted; });
    if (column == columns.end()) {
      order.push_back(-1);
      if (!wanted.empty())
        unknown.push_back(shortened(field));
      continue;
    }
    const auto index = static_cast<int>(column - columns.begin());
    if (std::find(order.begin(), order.end(), index) != order.end())
      refuse_file(Code::ledger_columns, place, "la colonne « " + wanted + " » figure deux fois", "En garder une.");
    order.push_back(index);
    std::erase(missing, wanted);
  }
  if (!missing.empty()) {
    std::string hint;
    for (const std::string &word : unknown)
      if (const std::string *near = nearest(word, missing))
        hint += " La colonne « " + word + " » est peut-être « " + *near + " ».";
    refuse_file(Code::ledger_columns, place,
                std::string(missing.size() == 1 ? "il manque la colonne " : "il manque des colonnes : ") +
                    listed(missing),
                "Donner toutes les colonnes, vides au besoin : " + listed(names(columns)) + "." + hint);
  }
  // With every column there, another one cannot be a misspelt one of ours.
  for (const std::string &word : unknown)
    lecture.avertissements.push_back({Code::ledger_columns, Level::warning, "la colonne « " + word + " » n'est pas lue",
                                      place, "Rien à faire si elle ne concerne pas la convention."});
  return order;
}

// 01/06/2022
std::string french(feel::Date date) {
  const std::string iso = date.to_string();
  return iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

// Whoever is named by a number in a label, no line, statement or page tells it.
void hide_nir(std::vector<Cell> &cells) {
  for (Cell &cell : cells)
    if (holds_nir(cell.text))
      cell = {find_nir(cell.text) ? without_nir(cell.text) : masked_nir(cell.text), nullptr};
}

// False when the value is a list, a context or the like.
bool cell_of(const feel::Value &value, Cell &cell) {
  cell.value = &value;
  switch (value.kind()) {
  case feel::Kind::null:
    cell.value = nullptr;
    cell.text.clear();
    return true;
  case feel::Kind::text:
    cell.value = nullptr;
    cell.text = std::string(trimmed(value.text()));
    return true;
  case feel::Kind::number:
    cell.text = value.number().to_plain_string();
    return true;
  case feel::Kind::date:
    cell.text = value.date().to_string();
    return true;
  case feel::Kind::date_time: // a midnight without a zone is how many programs hold a day
    if (!value.date_time().is_bare_date())
      return false;
    cell.value = nullptr;
    cell.text = value.date_time().date.to_string();
    return true;
  case feel::Kind::boolean:
    cell.text = value.boolean() ? "oui" : "non";
    return true;
  default:
    return false;
  }
}

} // namespace

std::string Recorder::where(std::string_view field) const {
  std::string where = lecture_.fichier;
  where += has_lines_ ? ":" + std::to_string(line_) : "/" + std::to_string(lecture_.recus - 1);
  if (!field.empty())
    where += (has_lines_ ? ", " : "/") + std::string(field);
  return where;
}

void Recorder::refuse(Code code, std::string_view field, std::string_view value, std::string reason,
                      std::string remedy) {
  faulty_ = true;
  if (lecture_.refuses.size() >= options_.refusals) {
    ++lecture_.fautes_non_detaillees;
    return;
  }
  Refus refus;
  refus.enregistrement = lecture_.recus;
  refus.ligne = has_lines_ ? line_ : 0;
  refus.champ = std::string(field);
  refus.valeur = shortened(value);
  refus.diagnostic = masked_finding({code, Level::error, std::move(reason), where(field), std::move(remedy)});
  lecture_.refuses.push_back(std::move(refus));
}

void Recorder::numbered_day(std::string_view field, std::string_view text, feel::Date date) {
  auto [known, first] = numbered_days_.try_emplace(std::string(field));
  if (first)
    known->second = {0, std::string(text), where(field), date};
  ++known->second.count;
}

void Recorder::finish() {
  for (const auto &[field, days] : numbered_days_)
    lecture_.avertissements.push_back(
        {Code::ledger_date, Level::warning,
         "la colonne « " + field + " » tient des jours numérotés par Excel, lus comme des dates (" +
             std::to_string(days.count) + ") : « " + days.text + " » est le " + french(days.date),
         days.where, "Donner à la colonne un format de date dans le classeur, et l'enregistrer de nouveau."});
  if (lecture_.recus == 0)
    lecture_.avertissements.push_back({Code::ledger_nothing, Level::warning,
                                       "le fichier n'a aucune ligne : rien n'a été lu", lecture_.fichier,
                                       "Vérifier que c'est le bon fichier."});
}

namespace {

constexpr LoadLimits usual_limits{
    .depth = 8, .steps = 50'000'000, .list_size = 1'000'000, .bytes = std::size_t{256} << 20U};
// A list of flat objects.
constexpr LoadLimits usual_json_limits{.depth = 8, .bytes = std::size_t{16} << 20U};

[[noreturn]] void refuse_limit(std::string_view name, std::string message, std::string_view limit) {
  refuse_file(Code::ledger_row, name, std::move(message),
              "Le partager en plusieurs, ou relever la limite « " + std::string(limit) + " » de sa lecture.");
}

void count_line(feel::Loading &loading, std::size_t lines, std::size_t cells, std::string_view name) {
  const LoadLimits &limits = loading.limits();
  if (lines == limits.list_size)
    refuse_limit(name, "le fichier a plus de " + std::to_string(limits.list_size) + " lignes", "list_size");
  if (loading.step(static_cast<std::int64_t>(1 + cells)))
    return;
  if (loading.late())
    refuse_limit(name, "la lecture prend plus de " + std::to_string(limits.time.count()) + " ms", "milliseconds");
  refuse_limit(name, "la lecture prend plus de " + std::to_string(limits.steps) + " pas", "steps");
}

} // namespace

void read_csv(std::string_view bytes, std::string_view name, const std::vector<Column> &columns,
              const ReadOptions &options, CompteRendu &lecture, const Take &take) {
  lecture.fichier = without_nir(name);
  feel::Loading loading(options.limits, usual_limits);
  if (const std::size_t most = loading.limits().bytes; bytes.size() > most)
    refuse_limit(name, "le fichier dépasse " + std::to_string(most) + " octets", "bytes");
  if (options.separateur != '\0' && options.separateur != ',' && options.separateur != ';' &&
      options.separateur != '\t')
    refuse_file(Code::api_argument, name, "the separator must be a comma, a semicolon or a tab", {});

  CsvFile file(reader_of(bytes), {options.separateur, encoding_of(options.encodage), options.record_bytes});
  if (auto fault = file.open()) {
    if (fault->kind == CsvFault::Kind::empty)
      refuse_file(Code::ledger_nothing, name, fault->reason + " : rien n'a été lu",
                  "Donner les colonnes " + listed(names(columns)) + ".");
    const bool header = fault->kind == CsvFault::Kind::row || fault->kind == CsvFault::Kind::limit;
    refuse_file(header ? Code::ledger_columns : code_of(fault->kind), name, std::move(fault->reason),
                std::move(fault->remedy));
  }
  const std::vector<int> order = read_header(file.header_line(), name, columns, lecture);
  bool encoding_said = options.encodage != Encodage::devine;
  const auto say_encoding = [&](const CsvLine &line) {
    if (!line.windows_1252 || std::exchange(encoding_said, true))
      return;
    lecture.avertissements.push_back(
        {Code::ledger_encoding, Level::warning,
         "le fichier n'est pas en UTF-8 : les lignes qui ne le sont pas sont lues en windows-1252",
         lecture.fichier + ":" + std::to_string(line.number), "Vérifier les accents ; enregistrer en « CSV UTF-8 »."});
  };
  say_encoding(file.header_line());

  Recorder recorder(lecture, options, true);
  std::vector<Cell> cells(columns.size());
  CsvLine line;
  while (file.next(line)) {
    count_line(loading, lecture.recus, line.cell_count, name);
    recorder.begin(line.number);
    say_encoding(line);
    if (line.fault) {
      recorder.refuse(code_of(line.fault->kind), {}, line.shown, line.fault->reason, line.fault->remedy);
    } else if (line.cell_count != order.size()) { // shifted, even by a cell that is empty
      recorder.refuse(Code::ledger_row, {}, {},
                      "la ligne a " + std::to_string(line.cell_count) + " champs, l'en-tête en a " +
                          std::to_string(order.size()),
                      "Mettre entre guillemets les champs qui contiennent le séparateur.");
    } else {
      for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i] >= 0)
          cells[static_cast<std::size_t>(order[i])].text = std::move(line.cells[i]);
      hide_nir(cells);
      take(recorder, cells); // ends the record
      continue;
    }
    recorder.end();
  }
  recorder.finish();
}

void read_values(const feel::Value &value, std::string_view name, std::string_view list_name,
                 const std::vector<Column> &columns, const ReadOptions &options, CompteRendu &lecture,
                 const Take &take) {
  lecture.fichier = without_nir(name);
  const feel::Value *list = &value;
  if (value.is(feel::Kind::context))
    list = value.context().find(list_name);
  if (list == nullptr || !list->is(feel::Kind::list))
    refuse_file(Code::json_value, name,
                "il faut une liste d'objets, ou un objet qui la donne sous « " + std::string(list_name) + " »",
                "Donner [{…}, …] ou {\"" + std::string(list_name) + "\": [{…}, …]}.");
  feel::Loading loading(options.limits, usual_limits);
  Recorder recorder(lecture, options, false);
  std::vector<Cell> cells(columns.size());
  for (const feel::Value &item : list->list()) {
    count_line(loading, lecture.recus, item.is(feel::Kind::context) ? item.context().size() : 1, name);
    recorder.begin(lecture.recus + 1);
    if (!item.is(feel::Kind::context)) {
      recorder.refuse(Code::json_value, {}, item.to_string(), "ce n'est pas un objet", "Donner un objet par ligne.");
      recorder.end();
      continue;
    }
    for (Cell &cell : cells)
      cell = {};
    std::vector<bool> given(columns.size());
    for (const auto &[key, cell_value] : item.context()) {
      const auto column = std::find_if(columns.begin(), columns.end(), [&](const Column &c) { return c.name == key; });
      if (column == columns.end()) {
        // A key may be absent: one that is not known may be a misspelt one, and would be lost without a word.
        const std::vector<std::string> known = names(columns);
        const std::string *near = nearest(key, known);
        recorder.refuse(Code::ledger_columns, shortened(key), {}, "cette clé n'est pas connue",
                        near != nullptr ? "Écrire peut-être « " + *near + " »."
                                        : "Les clés sont " + listed(known) + ".");
        continue;
      }
      const auto index = static_cast<std::size_t>(column - columns.begin());
      given[index] = true;
      if (!cell_of(cell_value, cells[index]))
        recorder.refuse(Code::ledger_value, key, {}, "ce n'est ni un texte ni un nombre",
                        "Donner un texte ou un nombre.");
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].required && !given[i])
        recorder.refuse(Code::ledger_columns, columns[i].name, {}, "cette clé manque", "L'ajouter.");
    hide_nir(cells);
    if (recorder.faulty())
      recorder.end();
    else
      take(recorder, cells);
  }
  recorder.finish();
}

bool looks_like_json(std::string_view bytes) noexcept {
  bytes = without_bom(bytes);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (bytes[first] == '[' || bytes[first] == '{');
}

feel::Value read_bounded_json(std::string_view bytes, std::string_view name, const ReadOptions &options) {
  const LoadLimits limits = feel::Loading(options.limits, usual_json_limits).limits();
  return read_json(without_bom(bytes), name, {limits.depth, limits.bytes});
}

feel::Number take_montant(Recorder &recorder, std::string_view field, const Cell &cell, bool zero_allowed,
                          std::string_view negative_remedy) {
  MontantLu read;
  if (cell.value != nullptr && cell.value->is(feel::Kind::number)) {
    // A JSON number has one reading: no separator to be in doubt about.
    read.montant = cell.value->number();
    const auto cents = read.montant.round(2, feel::Rounding::down);
    static const feel::Number limit = *feel::Number::scaled(1, 12);
    if (!cents || *cents != read.montant)
      read = {{}, "le montant a plus de deux décimales", "Arrondir au centime."};
    else if (read.montant.abs() >= limit)
      read = {{}, "le montant a plus de douze chiffres avant les décimales", "Vérifier le montant."};
    else if (read.montant.is_negative())
      read = {{}, negative_amount, "Déduire l'avoir ou le remboursement de la ligne qu'il corrige."};
  } else {
    read = parse_montant(cell.text);
  }
  if (read.fault.empty() && read.montant.is_zero() && !zero_allowed) {
    read.fault = "le montant est nul";
    read.remedy = "Ôter la ligne, ou écrire son montant.";
  }
  if (read.fault == negative_amount && !negative_remedy.empty())
    read.remedy = negative_remedy;
  if (!read.fault.empty())
    recorder.refuse(Code::ledger_amount, field, cell.text, read.fault, read.remedy);
  return read.montant;
}

feel::Date take_date(Recorder &recorder, std::string_view field, const Cell &cell) {
  if (cell.value != nullptr && cell.value->is(feel::Kind::date))
    return cell.value->date();
  if (const auto days = excel_day(cell.text)) {
    const feel::Date date{*days};
    recorder.numbered_day(field, cell.text, date);
    return date;
  }
  DateLue read = parse_date(cell.text);
  if (!read.fault.empty())
    recorder.refuse(Code::ledger_date, field, cell.text, std::move(read.fault), std::move(read.remedy));
  return read.date;
}

} // namespace spie::convention
