#include "exchange/csv_import.hpp"

#include "crypto/digest.hpp"
#include "exchange/controles.hpp"
#include "exchange/csv_valeurs.hpp"
#include "insertion/dossier/cles.hpp"
#include "text/spreadsheet.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

const std::string &RangeeCsv::operator[](std::string_view column) const {
  static const std::string nothing;
  const auto found = cells_.find(column);
  return found == cells_.end() ? nothing : found->second;
}

std::string RangeeCsv::empreinte() const {
  crypto::Sha256 digest;
  for (const auto &[column, text] : cells_) {
    const bool nir =
        dossier::holds_nir(text) || std::find(nir_columns_.begin(), nir_columns_.end(), column) != nir_columns_.end();
    digest.update(column);
    digest.update(nir ? "\x1E" : "\x1F" + text + "\x1E");
  }
  return crypto::hex(digest.finish());
}

void take_person(Session &session, LignesVues &persons, const RangeeCsv &row, const dossier::Releve &releve,
                 const std::function<void(const Contexte &)> &enonce) {
  Fil fil(session, session.attach(releve, row.place()), releve.cle);
  if (const std::size_t first = persons.first(fil.subject().to_string(), row.numero()); first != 0)
    session.warn(Code::import_key, row.place(), {}, {},
                 "la ligne " + std::to_string(first) +
                     " est de la même personne, sous une autre clé : ses faits comptent, ceux-ci non",
                 "Réunir les deux lignes à la source.");
  else
    enonce({session, fil, row.place()});
  fil.observe(row.empreinte());
}

namespace {

Code code_of(CsvFault::Kind kind) noexcept {
  switch (kind) {
  case CsvFault::Kind::encoding:
    return Code::import_encoding;
  case CsvFault::Kind::limit:
    return Code::import_limit;
  case CsvFault::Kind::row:
    return Code::import_key;
  default:
    return Code::import_format;
  }
}

} // namespace

class LecteurLignes {
public:
  LecteurLignes(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const FormatCsv &format)
      : format_(format), session_(journal, options, format.nom, format.source, "ligne", bytes),
        file_([&bytes](char *buffer, std::size_t size) { return bytes.read(buffer, size); },
              {format.separateur, format.encodage}),
        reference_(options.date_fichier) {}

  Rapport run(const PrendreRangee &take, const Finir &finish) {
    try {
      return read(take, finish);
    } catch (const Arret &arret) {
      return session_.give_up(arret, line_.number == 0 ? std::string() : "ligne " + std::to_string(line_.number));
    }
  }

private:
  Rapport read(const PrendreRangee &take, const Finir &finish) {
    if (!reference_)
      return session_.give_up(Code::import_format, {}, "le fichier ne porte pas de date, et aucune n'est donnée",
                              "Donner la date à laquelle le fichier a été extrait (date_fichier, --date-fichier).");
    if (const auto fault = reference_fault(*reference_, session_.recorded()))
      return session_.give_up(Code::import_format, {}, fault->motif, fault->remede);
    if (const auto fault = file_.open())
      return session_.give_up(fault->kind == CsvFault::Kind::encoding ? Code::import_encoding : Code::import_format,
                              header_place(), fault->reason, fault->remedy);
    if (auto refused = find_columns())
      return std::move(*refused);
    session_.open(*reference_, format_.nomenclature);
    say_of_columns();
    while (file_.next(line_)) {
      if (line_.cut)
        return session_.give_up(Code::import_truncated, "ligne " + std::to_string(line_.number),
                                "le fichier s'arrête au milieu de cette ligne",
                                "Demander le fichier entier, puis le relire : ce qui a été lu ne compte pas encore.");
      session_.begin_record();
      const bool read = well_formed(line_) && take(session_, row_of(line_));
      refused_ += read ? 0U : 1U;
      session_.end_record(read);
    }
    if (finish && refused_ == 0)
      finish(session_);
    return session_.close();
  }

  std::string header_place() const {
    return "ligne " + std::to_string(std::max<std::size_t>(file_.header_line().number, 1));
  }

  std::optional<Rapport> find_columns() {
    std::vector<std::string> bare;
    for (const std::string &name : file_.header())
      bare.push_back(dossier::normalized_name(name));
    std::vector<const ColonneCsv *> missing;
    used_.assign(bare.size(), nullptr);
    for (const ColonneCsv &column : format_.colonnes) {
      const std::string wanted = dossier::normalized_name(column.nom);
      const auto found = std::find(bare.begin(), bare.end(), wanted);
      if (found != bare.end())
        used_[static_cast<std::size_t>(found - bare.begin())] = &column;
      else if (column.obligatoire)
        missing.push_back(&column);
      else
        absent_.push_back(&column);
      if (found != bare.end() && std::find(found + 1, bare.end(), wanted) != bare.end())
        return session_.give_up(Code::import_format, header_place(),
                                "la colonne « " + std::string(column.nom) + " » est deux fois dans l'en-tête",
                                "Retirer ou renommer l'une des deux.");
    }
    for (const ColonneCsv *column : missing) {
      const std::string *like = nearest(std::string(column->nom), file_.header());
      std::string motif = "la colonne « " + std::string(column->nom) + " » manque";
      std::string remede = like != nullptr ? "La colonne « " + *like + " » est-elle celle-là ? La renommer."
                           : bare.size() == 1
                               ? "L'en-tête n'a qu'une colonne : vérifier le séparateur (; , ou tabulation)."
                               : format_.conseil;
      if (column == missing.back())
        return session_.give_up(Code::import_format, header_place(), std::move(motif), std::move(remede));
      session_.refuse(Code::import_format, header_place(), std::string(column->nom), {}, std::move(motif),
                      std::move(remede), true);
    }
    return std::nullopt;
  }

  void say_of_columns() {
    // One warning, however many there are: a file that gives a few columns alone is a right one.
    std::string names;
    for (const ColonneCsv *column : absent_)
      names += (names.empty() ? "« " : ", « ") + std::string(column->nom) + " »";
    if (absent_.size() == 1)
      session_.warn(Code::import_format, header_place(), std::string(absent_.front()->nom), {},
                    "la colonne " + names + " manque : ce qu'elle dirait reste inconnu",
                    "La demander si elle est utile.");
    else if (!absent_.empty())
      session_.warn(Code::import_format, header_place(), {}, {},
                    std::to_string(absent_.size()) +
                        " colonnes manquent, ce qu'elles diraient reste inconnu : " + names,
                    "Les demander si elles sont utiles.");
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (used_[i] == nullptr && !file_.header()[i].empty())
        session_.warn(Code::import_format, header_place(), file_.header()[i], {},
                      "la colonne « " + shortened(file_.header()[i]) + " » n'est pas lue",
                      "Rien à faire, si elle est étrangère au format.");
    if (file_.header_line().windows_1252)
      say_encoding(header_place());
    if (format_.nomenclature.empty())
      session_.warn(Code::import_code, {}, {}, {},
                    "aucune nomenclature n'est donnée : les codes sont gardés sans contrôle",
                    "Donner le dossier des nomenclatures.");
  }

  void say_encoding(const std::string &place) {
    if (std::exchange(encoding_said_, true))
      return;
    session_.warn(Code::import_encoding, place, {}, {},
                  "le fichier n'est pas en UTF-8 : les lignes qui ne le sont pas sont lues en windows-1252",
                  "Vérifier les accents ; enregistrer en « CSV UTF-8 ».");
  }

  bool well_formed(CsvLine &line) {
    const std::string place = "ligne " + std::to_string(line.number);
    if (line.fault) {
      session_.refuse(code_of(line.fault->kind), place, {}, {}, line.fault->reason, line.fault->remedy, true);
      return false;
    }
    if (line.windows_1252)
      say_encoding(place);
    const std::size_t columns = used_.size();
    const auto filled = [](const std::string &cell) { return !cell.empty(); };
    const bool longer = line.cells.size() > columns &&
                        std::any_of(line.cells.begin() + static_cast<std::ptrdiff_t>(columns), line.cells.end(),
                                    filled); // separators alone at the end say nothing
    if (line.cells.size() >= columns && !longer)
      return true;
    if (!longer && line.cells.back().empty()) { // it ends with empty cells: those that it lacks are so too
      session_.warn(Code::import_value, place, {}, {},
                    "la ligne a " + std::to_string(line.cells.size()) + " colonnes, l'en-tête " +
                        std::to_string(columns) + " : les dernières sont lues comme vides",
                    "Vérifier que rien ne manque en fin de ligne.");
      line.cells.resize(columns);
      return true;
    }
    session_.refuse(Code::import_key, place, {}, {},
                    "la ligne a " + std::to_string(line.cells.size()) + " colonnes, l'en-tête " +
                        std::to_string(columns) + " : ses valeurs seraient décalées",
                    "Mettre entre guillemets les textes qui tiennent un séparateur.", true);
    return false;
  }

  void excel_date(const ColonneCsv &column, std::string &cell) {
    const auto day = excel_day(cell);
    if (!day)
      return;
    const auto form = std::find_if(format_.dates.begin(), format_.dates.end(),
                                   [&](const auto &date) { return date.first == column.nom; });
    if (form == format_.dates.end())
      return;
    const feel::Date date{*day};
    session_.warn(Code::import_value, row_.place_, std::string(column.nom), cell,
                  "un nombre de jours d'Excel : lu comme la date du " + write_date_forme(date, "jj/mm/aaaa"),
                  "Donner à la colonne un format de date dans le classeur, et l'enregistrer de nouveau.");
    cell = write_date_forme(date, form->second);
  }

  const RangeeCsv &row_of(CsvLine &line) {
    row_.place_ = "ligne " + std::to_string(line.number);
    row_.number_ = line.number;
    row_.nir_columns_.clear();
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i] == nullptr)
        continue;
      std::string &cell = line.cells[i];
      if (!format_.manquant.empty() && cell == format_.manquant)
        cell.clear();
      excel_date(*used_[i], cell);
      if (used_[i]->nir)
        row_.nir_columns_.push_back(used_[i]->nom);
      else if (dossier::read_nir(cell)) {
        session_.warn(Code::import_value, row_.place_, std::string(used_[i]->nom), cell,
                      "un NIR dans une colonne qui n'en tient pas : il n'est pas gardé", "L'ôter à la source.");
        cell.clear();
      }
      row_.cells_[std::string(used_[i]->nom)] = std::move(cell);
    }
    return row_;
  }

  const FormatCsv &format_;
  Session session_;
  CsvFile file_;
  std::optional<feel::Date> reference_;
  std::vector<const ColonneCsv *> used_; // by the columns of the file
  std::vector<const ColonneCsv *> absent_;
  CsvLine line_;
  RangeeCsv row_;
  std::size_t refused_ = 0;
  bool encoding_said_ = false;
};

Rapport import_lines(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const FormatCsv &format,
                     const PrendreRangee &take, const Finir &finish) {
  return LecteurLignes(journal, bytes, options, format).run(take, finish);
}

} // namespace spie::exchange
