// Contacts by household. No row has a birth date: names alone tell who of the household it is.
#include "spie/exchange/caf_contacts.hpp"

#include "exchange/controles.hpp"
#include "exchange/csv_import.hpp"
#include "exchange/foyer_caf.hpp"
#include "insertion/dossier/connu.hpp"
#include "insertion/dossier/noms.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/situation.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

using dossier::Genre;
using dossier::Sujet;

namespace {

constexpr std::string_view matricule = "MATRICULE";
constexpr std::string_view phone = "NUMERO TELEPHONE DOSSIER", other_phone = "NUMERO TELEPHONE 2 DOSSIER";
constexpr std::string_view mail = "ADRESSE ELECTRONIQUE DOSSIER";
constexpr std::string_view surname = "NOM RESPONSABLE DOSSIER", first_name = "PRENOM RESPONSABLE DOSSIER";
constexpr std::string_view source_of_keys = "caf.vrsb"; // which knows the household
constexpr std::size_t most_found = 100;                 // subjects under one matricule: a household and its adults

FormatCsv format() {
  FormatCsv made;
  made.nom = "caf_contacts";
  made.source = "caf.contacts";
  made.nomenclature = "caf.contacts"; // it has no codes that are kept
  made.conseil = "Vérifier que c'est le fichier mensuel des contacts de la CAF : la première ligne nomme ses colonnes.";
  made.colonnes = {{matricule, true, true},
                   {phone, true},
                   {other_phone, true},
                   {mail, true},
                   {surname},
                   {first_name},
                   {"ROLE PERSONNE"},
                   {"TYPE PERSONNE"},
                   {"NIR", false, true},
                   {"NUMERO DEMANDE RSA"},
                   {"DATE DEMANDE RSA"},
                   {"DATE DEBUT DROITS - DEVOIRS"}};
  return made;
}

// "771", also written "CAF 771".
std::string office_number(std::string_view given) {
  std::string_view number = trimmed(given);
  if (number.starts_with("CAF"))
    number = trimmed(number.substr(3));
  const bool good = !number.empty() && number.size() <= 6 &&
                    std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!good)
    throw Error({Code::api_argument, Level::error, "'" + std::string(given) + "' is no number of a CAF", "organisme",
                 "Give its number, as the monthly flow writes it: 771."});
  return std::string(number);
}

class Contacts {
public:
  Contacts(dossier::Journal &journal, std::string number) : journal_(journal), number_(std::move(number)) {}

  bool take(Session &session, const RangeeCsv &row) {
    const auto refuse = [&](std::string_view column, std::string_view value, std::string motif, std::string remede) {
      session.refuse(Code::import_key, row.place(), std::string(column), value, std::move(motif), std::move(remede),
                     true);
      return false;
    };
    const auto key = household_key(journal_, source_of_keys, "CAF", number_, row[matricule]);
    if (!key)
      return refuse(matricule, row[matricule], "le matricule manque ou ne peut être lu",
                    "Le donner comme la CAF l'écrit : sept chiffres, ou quinze.");
    const auto households = households_of(*key, row[matricule]);
    if (households.empty())
      return refuse(matricule, row[matricule], "aucun foyer de la CAF " + number_ + " n'a ce matricule",
                    "Vérifier le matricule et --organisme ; lire d'abord le flux mensuel (vrsb) de cette CAF.");
    if (households.size() > 1)
      return refuse(matricule, row[matricule], "plusieurs foyers de la CAF " + number_ + " commencent par ce matricule",
                    "Le donner en entier, comme le flux mensuel l'écrit.");
    const Sujet &household = households.front();
    const auto adults = adults_of(session, household);
    std::vector<Sujet> agreed;
    for (const Sujet &adult : adults)
      if (agrees(adult, row, session))
        agreed.push_back(adult);
    const std::string named = row[first_name] + (row[first_name].empty() ? "" : " ") + row[surname];
    if (adults.empty())
      return refuse(matricule, row[matricule], "aucun adulte connu n'est dans ce foyer à la date du fichier",
                    "Lire d'abord le flux mensuel (vrsb) de cette CAF, ou vérifier la date du fichier.");
    if (agreed.empty())
      return refuse(surname, named, "les noms ne sont ceux d'aucun adulte de ce foyer",
                    "Vérifier le nom, ou le matricule, à la source.");
    if (agreed.size() > 1)
      return refuse(surname, named,
                    named.empty() ? "le foyer a plusieurs adultes, et la ligne n'en nomme aucun"
                                  : "plusieurs adultes de ce foyer ont ces noms",
                    "Donner le nom et le prénom qui les distinguent.");
    say(session, row, agreed.front(), *key);
    return true;
  }

private:
  // The flow writes fifteen digits; the file, the seven that they begin with, a first zero sometimes lost.
  std::vector<Sujet> households_of(const std::string &key, const std::string &given) {
    constexpr std::size_t short_form = 7;
    const std::string exact = std::string(source_of_keys) + "|" + key;
    std::vector<Sujet> found = journal_.lookup("source", exact);
    const bool digits = std::all_of(given.begin(), given.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (found.empty() && digits && given.size() <= short_form)
      found = journal_.lookup_prefix("source",
                                     std::string(source_of_keys) + "|CAF|" + number_ + "|" +
                                         std::string(short_form - given.size(), '0') + given,
                                     most_found);
    std::erase_if(found, [](const Sujet &subject) { return subject.genre != Genre::foyer; });
    return found;
  }

  // Those whose membership of the household holds on the day of the file, as the flow of beneficiaries last said it.
  std::vector<Sujet> adults_of(Session &session, const Sujet &household) {
    std::vector<Sujet> adults;
    for (const dossier::Evenement &event : journal_.about(household)) {
      if (event.type != "appartenance")
        continue;
      const Sujet adult = dossier::holder(journal_, event.sujets.front());
      if (std::find(adults.begin(), adults.end(), adult) == adults.end() && belongs(session, adult, household))
        adults.push_back(adult);
    }
    return adults;
  }

  bool belongs(Session &session, const Sujet &adult, const Sujet &household) {
    const dossier::Recueil gathered(journal_, adult, {});
    const auto said = dossier::statements(gathered);
    const auto found = said.find("appartenance");
    if (found == said.end())
      return false;
    const dossier::Enonce *last = nullptr; // on that day; the first one when all come later
    for (const dossier::Enonce &one : found->second) {
      const bool come = one.effet.debut <= session.reference();
      const bool had = last != nullptr && last->effet.debut <= session.reference();
      if (last == nullptr || (come && (!had || one.effet.debut >= last->effet.debut)) ||
          (!come && !had && one.effet.debut < last->effet.debut))
        last = &one;
    }
    return text_of(last->contenu(), "foyer") == household.to_string() &&
           (!last->effet.fin || *last->effet.fin > session.reference());
  }

  // What the row does not say contradicts nothing.
  bool agrees(const Sujet &adult, const RangeeCsv &row, Session &session) {
    const std::string &name = row[surname], &first = row[first_name];
    const dossier::DossierConnu known(journal_, adult, session.import_id());
    return std::any_of(known.identites().begin(), known.identites().end(), [&](const feel::Context *one) {
      const std::string first_known = text_of(*one, "prenom");
      const auto alike = [&](const std::string &mine, const std::string &given) {
        return (mine.empty() || dossier::alike_surnames(mine, text_of(*one, "nom")) ||
                dossier::alike_surnames(mine, text_of(*one, "nom_naissance"))) &&
               (given.empty() || dossier::alike_first_names(given, first_known));
      };
      return alike(name, first) || (!name.empty() && !first.empty() && alike(first, name));
    });
  }

  // Rows of one household may repeat what they say; of two that differ, the first holds.
  void say(Session &session, const RangeeCsv &row, const Sujet &adult, const std::string &key) {
    feel::Context content;
    std::vector<std::string> phones;
    for (const std::string_view column : {phone, other_phone})
      if (!row[column].empty() && keeps(session, GenreValeur::telephone, row.place(), column, row[column]) &&
          std::find(phones.begin(), phones.end(), row[column]) == phones.end())
        phones.push_back(row[column]);
    std::vector<std::string> mails;
    for (const std::string &one : split_mails(row[mail]))
      if (keeps(session, GenreValeur::courriel, row.place(), mail, one))
        mails.push_back(ascii_lower(one));
    put(content, "telephones", phones);
    put(content, "courriels", mails);
    Fil fil(session, adult, key);
    const std::string said = adult.to_string() + "|" + feel::Value(content).to_string();
    const bool again = repeated_.first(said, row.numero()) != 0;
    if (const std::size_t first = persons_.first(adult.to_string(), row.numero()); first == 0)
      state_now({session, fil, row.place()}, "contact", content);
    else if (!again)
      session.warn(Code::import_key, row.place(), {}, {},
                   "la ligne " + std::to_string(first) + " dit autre chose de la même personne : elle seule compte",
                   "Réunir les deux lignes à la source.");
    fil.observe(row.empreinte());
  }

  dossier::Journal &journal_;
  std::string number_;
  LignesVues persons_, repeated_;
};

} // namespace

Rapport import_caf_contacts(dossier::Journal &journal, Octets &bytes, std::string_view organisme,
                            const ImportOptions &options) {
  Contacts contacts(journal, office_number(organisme));
  return import_lines(journal, bytes, options, format(),
                      [&](Session &session, const RangeeCsv &row) { return contacts.take(session, row); });
}

} // namespace spie::exchange
