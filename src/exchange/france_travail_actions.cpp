// Actions: a row is one action, and gives an event for each of its steps that has come.
#include "spie/exchange/france_travail.hpp"

#include "crypto/digest.hpp"
#include "exchange/enonces.hpp"
#include "exchange/france_travail_values.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace spie::exchange {

namespace {

constexpr std::string_view source = "france_travail.actions";
constexpr std::string_view id = "identifiant_unique_de";

FormatCsv format(const Nomenclature *lists) {
  FormatCsv made;
  made.nom = "france_travail_actions";
  made.source = source;
  made.nomenclature = lists == nullptr ? std::string() : lists->reference();
  made.manquant = "NULL";
  made.conseil = "Vérifier que c'est le fichier des actions : la première ligne nomme ses 11 colonnes.";
  made.colonnes = {{id, true},          {"lblaction", true},    {"date_prescription", true},
                   {"codeaction"},      {"objectif_formation"}, {"date_realisation_action"},
                   {"date_prev_debut"}, {"date_debut"},         {"date_fin"},
                   {"formation"},       {"adr.dc_commune_id"}};
  for (const char *column :
       {"date_prescription", "date_realisation_action", "date_prev_debut", "date_debut", "date_fin"})
    made.dates.emplace_back(column, "aaaa-mm-jj");
  return made;
}

// "UNE FORMATION DANS LE DOMAINE SUIVANT" and "COIFFURE": "UNE FORMATION DANS LE DOMAINE COIFFURE".
std::string label_of(const RangeeCsv &row) {
  const std::string &label = row["lblaction"];
  const std::string &training = row["formation"];
  constexpr std::string_view following = "SUIVANT";
  if (training.empty())
    return label;
  if (label.ends_with(following))
    return label.substr(0, label.size() - following.size()) + training;
  return label + " " + training;
}

// The dates of the steps, as they can be ordered.
struct Etapes {
  feel::Date prescrite;
  std::optional<feel::Date> demarree, terminee, prevue, fin_prevue;
};

class Actions {
public:
  Actions(dossier::Journal &journal, const Nomenclature *lists) : journal_(journal), lists_(lists) {}

  bool take(Session &session, const RangeeCsv &row) {
    const auto refuse = [&](std::string_view column, std::string motif) {
      session.refuse(Code::import_key, row.place(), std::string(column), row[column], std::move(motif),
                     "Corriger la ligne à la source, et la renvoyer.", true);
      return false;
    };
    if (!is_key(row[id]))
      return refuse(id, "l'identifiant manque, ou a plus de 100 octets");
    if (row["lblaction"].empty())
      return refuse("lblaction", "le libellé de l'action manque");
    const auto prescribed = read_horodate(row["date_prescription"]);
    if (!prescribed)
      return refuse("date_prescription", "la date de prescription manque ou n'est pas une date");
    const std::string action = key_of(row, *prescribed);
    if (const std::size_t first = seen_.first(row[id] + "|" + action, row.numero()); first != 0)
      return refuse(id, "la ligne " + std::to_string(first) + " décrit la même action : elle seule est lue");
    if (!find_person(session, row))
      return refuse(id, "deux dossiers portent cet identifiant : l'action ne peut aller à l'un plutôt qu'à l'autre");
    const Contexte context{session, *fil_, row.place()};
    steps(context, row, action, *prescribed);
    town(context, row);
    fil_->observe({});
    return true;
  }

private:
  // The same action in the next file: code, day and label are what does not change.
  static std::string key_of(const RangeeCsv &row, feel::Date prescribed) {
    const crypto::Digest digest = crypto::sha256(row["codeaction"] + "\x1F" + label_of(row));
    return shortened(row["codeaction"], 32) + "/" + prescribed.to_string() + "/" + crypto::hex(digest).substr(0, 12);
  }

  // Rows of one person follow one another; false when the identifier is that of two.
  bool find_person(Session &session, const RangeeCsv &row) {
    if (fil_ && current_ == row[id])
      return true;
    fil_.reset();
    const auto holders = holders_of(journal_, row[id]);
    if (holders.size() > 1)
      return false;
    current_ = row[id];
    if (holders.size() == 1) {
      fil_.emplace(session, holders.front(), current_);
      return true;
    }
    dossier::Releve unnamed;
    unnamed.cle = current_;
    fil_.emplace(session, session.attach(unnamed, row.place()), current_);
    state_now({session, *fil_, row.place()}, "identifiant", {{"genre", genre_identifiant}, {"valeur", current_}});
    session.warn(Code::import_key, row.place(), std::string(id), current_,
                 "aucun extrait n'a nommé cet identifiant : ses actions l'attendent dans un dossier sans identité",
                 "Lire l'extrait qui le porte.");
    return true;
  }

  static Etapes dates_of(const Contexte &context, const RangeeCsv &row, feel::Date prescribed) {
    Session &session = context.session;
    Etapes dates{prescribed, date_of(session, row, "date_debut"), date_of(session, row, "date_fin"),
                 date_of(session, row, "date_prev_debut"), std::nullopt};
    const auto done = date_of(session, row, "date_realisation_action");
    // Where no start is given, the day on which the action was carried out stands for it.
    if (!dates.demarree && done && (!dates.terminee || *done <= *dates.terminee))
      dates.demarree = done;
    if (dates.demarree && dates.terminee && *dates.terminee < *dates.demarree) {
      session.refuse(Code::import_value, row.place(), "date_fin", row["date_fin"], "la fin précède le début",
                     "Corriger l'une des deux dates à la source.");
      dates.terminee.reset();
    }
    // What has not come yet is planned.
    if (dates.demarree && *dates.demarree > session.reference()) {
      if (!dates.prevue)
        dates.prevue = dates.demarree;
      dates.demarree.reset();
    }
    if (dates.terminee && *dates.terminee > session.reference()) {
      dates.fin_prevue = dates.terminee;
      dates.terminee.reset();
    }
    // A prescription entered once the action ran: it was prescribed when it began, at the latest.
    const auto first = dates.demarree ? dates.demarree : dates.terminee;
    if (first && *first < prescribed) {
      session.warn(Code::import_value, row.place(), "date_prescription", row["date_prescription"],
                   "la prescription est enregistrée après le début de l'action : le début en tient lieu",
                   "Vérifier les dates à la source.");
      dates.prescrite = *first;
    }
    if (prescribed > session.reference())
      session.warn(Code::import_value, row.place(), "date_prescription", row["date_prescription"],
                   "la prescription suit la date du fichier", "Vérifier la date donnée pour le fichier.");
    return dates;
  }

  void steps(const Contexte &context, const RangeeCsv &row, const std::string &action, feel::Date prescribed) const {
    const Etapes dates = dates_of(context, row, prescribed);
    feel::Context content{{"id", action}, {"etape", "prescrite"}};
    put(content, "code", row["codeaction"]);
    put(content, "libelle", label_of(row));
    put(content, "precision", row["objectif_formation"]);
    put(content, "theme", theme_of(context, row["lblaction"]));
    put(content, "date_prevue", dates.prevue);
    put(content, "date_fin_prevue", dates.fin_prevue);
    state(context, "action", content, {dates.prescrite, {}, {}});
    if (dates.demarree)
      state(context, "action", {{"id", action}, {"etape", "demarree"}}, {*dates.demarree, {}, {}});
    if (dates.terminee)
      state(context, "action", {{"id", action}, {"etape", "terminee"}}, {*dates.terminee, {}, {}});
  }

  // Each row repeats the town of its person: the first says it.
  void town(const Contexte &context, const RangeeCsv &row) {
    constexpr std::string_view column = "adr.dc_commune_id";
    if (row[column].empty())
      return;
    const auto [known, first] = towns_.emplace(row[id], row[column]);
    if (first)
      state_now(context, "adresse", {{"code_commune", row[column]}});
    else if (known->second != row[column])
      context.session.warn(Code::import_value, context.place, std::string(column), row[column],
                           "une ligne précédente donne une autre commune à cette personne : elle seule compte",
                           "Vérifier la commune à la source.");
  }

  // The action stands even when nobody says what it is about.
  std::string theme_of(const Contexte &context, const std::string &label) const {
    if (lists_ == nullptr)
      return {};
    if (lists_->find("action", label) == nullptr)
      context.session.warn(Code::import_code, context.place, "lblaction", label,
                           "ce libellé n'est pas dans la liste des actions : l'action est gardée sans thème",
                           "Compléter la nomenclature france_travail.actions.");
    return lists_->text("action", label, "theme");
  }

  dossier::Journal &journal_;
  const Nomenclature *lists_;
  LignesVues seen_;
  std::map<std::string, std::string> towns_;
  std::string current_;
  std::optional<Fil> fil_; // of the person of the last rows
};

} // namespace

Rapport import_france_travail_actions(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                      const Nomenclatures &nomenclatures) {
  const Nomenclature *lists = nomenclatures.find(source);
  Actions actions(journal, lists);
  return import_lines(journal, bytes, options, format(lists),
                      [&](Session &session, const RangeeCsv &row) { return actions.take(session, row); });
}

} // namespace spie::exchange
