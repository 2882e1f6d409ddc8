// Structures and those in charge of them: several lines may be of one structure.
#include "spie/exchange/carnet_csv.hpp"

#include "exchange/carnet_values.hpp"
#include "exchange/enonces.hpp"
#include "insertion/dossier/cles.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <map>

namespace spie::exchange {

using dossier::Genre;
using dossier::Sujet;

namespace {

FormatCsv format(const Nomenclature *lists) {
  FormatCsv made;
  made.nom = "carnet_structures";
  made.source = "carnet";
  made.nomenclature = lists == nullptr ? std::string() : lists->reference();
  made.conseil = "Vérifier que c'est le fichier des structures : la première ligne nomme ses 15 colonnes.";
  made.colonnes = {{"Nom", true},
                   {"Description"},
                   {"Téléphones"},
                   {"Adresse"},
                   {"Adresse (complément)"},
                   {"Code postal"},
                   {"Ville"},
                   {"Site web"},
                   {"Courriel"},
                   {"Siret"},
                   {"Courriel responsable"},
                   {"Prénom responsable"},
                   {"Nom responsable"},
                   {"Fonction responsable"},
                   {"Téléphones responsable"}};
  return made;
}

class Structures {
public:
  bool take(Session &session, const RangeeCsv &row) {
    if (dossier::normalized_name(row["Nom"]).empty() || !is_key(row["Nom"])) {
      session.refuse(Code::import_key, row.place(), "Nom", row["Nom"], "le nom manque, ou a plus de 100 octets",
                     "Le donner.", true);
      return false;
    }
    std::string siret = row["Siret"];
    std::erase(siret, ' ');
    if (!siret.empty() && !is_siret(siret)) {
      session.refuse(Code::import_value, row.place(), "Siret", siret, "ce n'est pas un SIRET : 14 chiffres et leur clé",
                     "Le vérifier ; la structure est connue par son nom en attendant.");
      siret.clear();
    }
    const std::string key =
        siret.empty() ? "structure/nom/" + dossier::normalized_name(row["Nom"]) : "structure/siret/" + siret;
    const Sujet structure = session.subject_of(Genre::structure, key, row.place());
    describe(session, row, structure, key, siret);
    manager(session, row, structure, key);
    return true;
  }

private:
  // The first line of a structure describes it; a later one that says otherwise is said, not followed.
  void describe(Session &session, const RangeeCsv &row, const Sujet &structure, const std::string &key,
                const std::string &siret) {
    Fil fil(session, structure, key);
    feel::Context content;
    put(content, "nom", row["Nom"]);
    put(content, "siret", siret);
    put(content, "description", row["Description"]);
    put(content, "lignes", std::vector{row["Adresse"], row["Adresse (complément)"]});
    put(content, "code_postal", postcode_of(session, row, "Code postal"));
    put(content, "commune", row["Ville"]);
    put(content, "site", site_of(session, row));
    put(content, "courriels", mails_of(session, row, "Courriel"));
    put(content, "telephones", phones_of(session, row, "Téléphones"));
    const auto [known, first] = described_.emplace(key, std::pair{row.numero(), content});
    if (first)
      state_now({session, fil, row.place()}, "structure", content);
    else if (!feel::identical(known->second.second, content))
      session.warn(Code::import_value, row.place(), "Nom", row["Nom"],
                   "la ligne " + std::to_string(known->second.first) +
                       " décrit la même structure autrement : elle seule compte",
                   "Écrire la structure de la même façon sur chaque ligne.");
    fil.observe({});
  }

  static std::string site_of(Session &session, const RangeeCsv &row) {
    const std::string &site = row["Site web"];
    if (site.empty() || site.starts_with("https://") || site.starts_with("http://"))
      return site;
    session.refuse(Code::import_value, row.place(), "Site web", site, "ce n'est pas l'adresse d'un site",
                   "L'écrire avec https://.");
    return {};
  }

  void manager(Session &session, const RangeeCsv &row, const Sujet &structure, const std::string &structure_key) {
    const auto mails = mails_of(session, row, "Courriel responsable");
    const std::string name = row["Nom responsable"] + " " + row["Prénom responsable"];
    if (mails.empty() && trimmed(name).empty())
      return;
    // By the address; a name alone is one person only within its structure.
    const std::string key =
        mails.empty() ? structure_key + "/" + dossier::normalized_name(name) : "courriel/" + mails[0];
    if (!is_key(key)) {
      session.refuse(Code::import_value, row.place(), "Courriel responsable", key, "plus de 100 octets", "L'abréger.");
      return;
    }
    const Sujet professional = session.subject_of(Genre::professionnel, key, row.place());
    Fil fil(session, professional, key);
    feel::Context content;
    put(content, "nom", row["Nom responsable"]);
    put(content, "prenom", row["Prénom responsable"]);
    put(content, "fonction", row["Fonction responsable"]);
    put(content, "structure", structure.to_string());
    put(content, "courriels", mails);
    put(content, "telephones", phones_of(session, row, "Téléphones responsable"));
    const auto [known, first] = described_.emplace(key, std::pair{row.numero(), content});
    if (first)
      state_now({session, fil, row.place()}, "professionnel", content, {}, {structure});
    else if (!feel::identical(known->second.second, content))
      session.warn(Code::import_value, row.place(), "Courriel responsable", row["Courriel responsable"],
                   "la ligne " + std::to_string(known->second.first) +
                       " décrit la même personne autrement : elle seule compte",
                   "L'écrire de la même façon sur chaque ligne.");
    fil.observe({});
  }

  std::map<std::string, std::pair<std::size_t, feel::Context>> described_;
};

} // namespace

Rapport import_carnet_structures(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                 const Nomenclatures &nomenclatures) {
  Structures structures;
  return import_lines(journal, bytes, options, format(nomenclatures.find("carnet")),
                      [&](Session &session, const RangeeCsv &row) { return structures.take(session, row); });
}

} // namespace spie::exchange
