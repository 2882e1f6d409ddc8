#include "reading.hpp"

#include "text/encoding.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include "spie/json.hpp"
#include "spie/nir.hpp"

#include <algorithm>

namespace spie::convention {

namespace {

std::string_view without_bom(std::string_view bytes) noexcept {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
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

// What is wrong with the bytes of a record, once its fields are in UTF-8; empty when nothing is.
std::string decode(CsvRecord &record, Encodage encodage) {
  if (encodage == Encodage::windows_1252) {
    for (std::string &field : record.fields) {
      auto text = utf8_from_windows_1252(field);
      if (!text)
        return "un octet n'existe pas en windows-1252";
      field = std::move(*text);
    }
    return {};
  }
  const auto fault = utf8_fault(record.raw);
  return fault ? "l'octet " + std::to_string(*fault + 1) + " de la ligne n'est pas de l'UTF-8" : std::string();
}

const char *const how_to_encode = "Enregistrer le fichier en UTF-8, ou dire qu'il est en windows-1252.";

// For each field of the header, the index of its column, or -1.
std::vector<int> read_header(CsvRecord &header, std::string_view name, const std::vector<Column> &columns,
                             Encodage encodage, Lecture &lecture) {
  if (const std::string fault = decode(header, encodage); !fault.empty())
    refuse_file(Code::ledger_encoding, name, "l'en-tête ne se lit pas : " + fault, how_to_encode);
  if (!header.fault.empty())
    refuse_file(Code::ledger_columns, name, "l'en-tête ne se lit pas : " + header.fault, "Corriger la première ligne.");
  if (header.field_count > header.fields.size())
    refuse_file(Code::ledger_columns, name, "l'en-tête a " + std::to_string(header.field_count) + " colonnes",
                "Garder les colonnes " + listed(names(columns)) + ".");
  const std::string place = std::string(name) + ":" + std::to_string(header.line);
  std::vector<int> order;
  std::vector<std::string> missing = names(columns);
  std::vector<std::string> unknown;
  for (const std::string &field : header.fields) {
    const std::string wanted = ascii_lower(trimmed(field));
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const Column &c) { return c.name == wanted; });
    if (column == columns.end()) {
      order.push_back(-1);
      if (!wanted.empty())
        unknown.push_back(shortened(trimmed(field)));
      continue;
    }
    const auto index = static_cast<int>(column - columns.begin());
    if (std::find(order.begin(), order.end(), index) != order.end())
      refuse_file(Code::ledger_columns, place, "la colonne « " + wanted + " » figure deux fois", "En garder une.");
    order.push_back(index);
    missing.erase(std::find(missing.begin(), missing.end(), wanted));
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
  case feel::Kind::boolean:
    cell.text = value.boolean() ? "oui" : "non";
    return true;
  default:
    return false;
  }
}

} // namespace

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
  std::string where = lecture_.fichier;
  where += has_lines_ ? ":" + std::to_string(line_) : "/" + std::to_string(lecture_.recus - 1);
  if (!field.empty())
    where += (has_lines_ ? ", " : "/") + refus.champ;
  refus.diagnostic = masked_finding({code, Level::error, std::move(reason), std::move(where), std::move(remedy)});
  lecture_.refuses.push_back(std::move(refus));
}

void read_csv(std::string_view bytes, std::string_view name, const std::vector<Column> &columns,
              const ReadOptions &options, Lecture &lecture, const Take &take) {
  lecture.fichier = without_nir(name);
  if (bytes.size() > options.bytes)
    refuse_file(Code::ledger_row, name, "le fichier dépasse " + std::to_string(options.bytes) + " octets",
                "Le partager en plusieurs.");
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    refuse_file(Code::ledger_encoding, name, "le fichier est en UTF-16", "L'enregistrer en UTF-8.");
  bytes = without_bom(bytes);

  // A spreadsheet may name the separator in a line of its own.
  char separator = options.separateur;
  std::size_t first_line = 1;
  if (bytes.size() > 5 && ascii_lower(bytes.substr(0, 4)) == "sep=" && (bytes[5] == '\n' || bytes[5] == '\r')) {
    separator = separator == 0 ? bytes[4] : separator;
    bytes.remove_prefix(bytes.substr(5).starts_with("\r\n") ? 7 : 6);
    first_line = 2;
  }
  if (separator == 0)
    separator = detect_separator(bytes.substr(std::min(bytes.find_first_not_of("\r\n"), bytes.size())));
  if (separator != ',' && separator != ';' && separator != '\t')
    refuse_file(Code::api_argument, name, "the separator must be a comma, a semicolon or a tab", {});

  CsvReader reader(bytes, separator, options.record_bytes, first_line);
  CsvRecord record;
  bool found = reader.next(record);
  while (found && record.fault.empty() && record.blank())
    found = reader.next(record);
  if (!found)
    refuse_file(Code::ledger_columns, name, "le fichier est vide",
                "Donner les colonnes " + listed(names(columns)) + ".");
  const std::vector<int> order = read_header(record, name, columns, options.encodage, lecture);

  Recorder recorder(lecture, options, true);
  std::vector<Cell> cells(columns.size());
  while (reader.next(record)) {
    if (record.fault.empty() && record.blank())
      continue;
    if (lecture.recus == options.records)
      refuse_file(Code::ledger_row, name, "le fichier a plus de " + std::to_string(options.records) + " lignes",
                  "Le partager en plusieurs.");
    recorder.begin(record.line);
    if (!record.fault.empty()) {
      recorder.refuse(Code::ledger_row, {}, utf8_fault(record.raw) ? std::string_view() : record.raw, record.fault,
                      "Vérifier les guillemets et les séparateurs de la ligne.");
    } else if (const std::string fault = decode(record, options.encodage); !fault.empty()) {
      recorder.refuse(Code::ledger_encoding, {}, {}, fault, how_to_encode);
    } else if (record.field_count != order.size()) {
      recorder.refuse(Code::ledger_row, {}, {},
                      "la ligne a " + std::to_string(record.field_count) + " champs, l'en-tête en a " +
                          std::to_string(order.size()),
                      "Mettre entre guillemets les champs qui contiennent le séparateur.");
    } else {
      for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i] >= 0)
          cells[static_cast<std::size_t>(order[i])].text = std::string(trimmed(record.fields[i]));
      hide_nir(cells);
      take(recorder, cells); // ends the record
      continue;
    }
    recorder.end();
  }
}

void read_values(const feel::Value &value, std::string_view name, std::string_view list_name,
                 const std::vector<Column> &columns, const ReadOptions &options, Lecture &lecture, const Take &take) {
  lecture.fichier = without_nir(name);
  const feel::Value *list = &value;
  if (value.is(feel::Kind::context))
    list = value.context().find(list_name);
  if (list == nullptr || !list->is(feel::Kind::list))
    refuse_file(Code::json_value, name,
                "il faut une liste d'objets, ou un objet qui la donne sous « " + std::string(list_name) + " »",
                "Donner [{…}, …] ou {\"" + std::string(list_name) + "\": [{…}, …]}.");
  if (list->list().size() > options.records)
    refuse_file(Code::ledger_row, name, "le fichier a plus de " + std::to_string(options.records) + " lignes",
                "Le partager en plusieurs.");

  Recorder recorder(lecture, options, false);
  std::vector<Cell> cells(columns.size());
  for (const feel::Value &item : list->list()) {
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
}

bool looks_like_json(std::string_view bytes) noexcept {
  bytes = without_bom(bytes);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (bytes[first] == '[' || bytes[first] == '{');
}

feel::Value read_bounded_json(std::string_view bytes, std::string_view name, const ReadOptions &options) {
  JsonLimits limits;
  limits.depth = 8; // a list of flat objects
  limits.bytes = options.json_bytes;
  return read_json(without_bom(bytes), name, limits);
}

feel::Number take_montant(Recorder &recorder, std::string_view field, const Cell &cell, bool zero_allowed) {
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
      read = {{}, "le montant est négatif", "Déduire l'avoir ou le remboursement de la ligne qu'il corrige."};
  } else {
    read = parse_montant(cell.text);
  }
  if (read.fault.empty() && read.montant.is_zero() && !zero_allowed) {
    read.fault = "le montant est nul";
    read.remedy = "Ôter la ligne, ou écrire son montant.";
  }
  if (!read.fault.empty())
    recorder.refuse(Code::ledger_amount, field, cell.text, read.fault, read.remedy);
  return read.montant;
}

feel::Date take_date(Recorder &recorder, std::string_view field, const Cell &cell) {
  if (cell.value != nullptr && cell.value->is(feel::Kind::date))
    return cell.value->date();
  DateLue read = parse_date(cell.text);
  if (!read.fault.empty())
    recorder.refuse(Code::ledger_date, field, cell.text, std::move(read.fault), std::move(read.remedy));
  return read.date;
}

} // namespace spie::convention
