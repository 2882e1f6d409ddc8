// The matrix of the national pack, cell by cell, against a table that was keyed by hand from the reasons that
// docs/droits.md gives: the pack is read, never copied.
#include "spie/dossier/contenu.hpp"
#include "tests/droits/scene.hpp"

#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::vector<std::string> split(const std::string &line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ';');)
    cells.push_back(cell);
  return cells;
}

// By "role/finalite", then by family.
std::map<std::string, std::map<std::string, std::string>> keyed() {
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/droits/matrice.csv");
  std::string line;
  std::getline(file, line);
  const auto header = split(line);
  std::map<std::string, std::map<std::string, std::string>> table;
  while (std::getline(file, line)) {
    const auto cells = split(line);
    REQUIRE(cells.size() == header.size());
    for (std::size_t i = 2; i < cells.size(); ++i)
      table[cells[0] + "/" + cells[1]][header[i]] = cells[i];
  }
  return table;
}

// Facts of each family: their path, what they are in clear, what stands for them when they are coarse, and the family
// that cuts across theirs.
struct Exemple {
  std::string family, path, clear, coarse_path, coarse, across = {};
};
const std::vector<Exemple> examples{
    {"etat_civil", "identite.nom", "EXEMPLE", "", ""},
    {"age", "identite.date_naissance", "1990-06-15", "identite.date_naissance", "~26 à 49 ans"},
    {"sexe", "identite.sexe", "2", "", ""},
    {"coordonnees", "contact.telephones", "[\"0100000000\"]", "", ""},
    {"residence", "adresse.code_postal", "77999", "adresse.code_postal", "~77"},
    {"identifiants", "identifiant.caf/0000001.genre", "caf", "", ""},
    {"identifiants", "foyer.droit_rsa.numero_demande", "0100001077", "", ""},
    {"foyer", "foyer.composition.enfants", "[{mois_naissance: \"2020-05\"}, {mois_naissance: \"2021-07\"}]",
     "foyer.composition.enfants", "~2"},
    {"droits_rsa", "foyer.droit_rsa.etat", "2", "", ""},
    {"situation_pro", "niveau_formation.niveau", "NV3", "", ""},
    {"recherche", "recherche_emploi.metiers", "[\"K1303\"]", "", ""},
    {"diagnostic", "ressource.permis_b.reponse", "oui", "", ""},
    {"parcours", "entree.motif", "orientation", "", ""},
    {"suivi", "objectif.O-3.etat", "en_cours", "", ""},
    {"intervenants", "referent.referent_unique.professionnel", "professionnel:rene", "referent.referent_unique.etape",
     "~nomme"},
    {"volontes", "consentement.evaluation/evaluateur.accorde", "true", "", ""},
    {"prestations", "statut.brsa.reponse", "oui", "statut.minima_sociaux.reponse", "~oui", "sensible"},
    {"statuts", "statut.rqth.reponse", "oui", "statut.public.reponse", "~oui", "sensible"},
    {"revenus", "revenu.021/2022-02.montant", "412.5", "revenu.autre.reponse", "~renseigne", "sensible"},
    {"situation_pro", "situation_professionnelle.code", "maladie", "situation_professionnelle.code", "~autre",
     "sensible"},
    {"diagnostic", "frein.sante.reponse", "oui", "frein.social.reponse", "~oui", "sensible"},
    {"parcours", "action.A-17.code", "BIL", "", "", "sensible"},
    {"parcours", "action.A-17.theme", "sante", "action.A-17.theme", "~social", "sensible"},
    {"droits_rsa", "foyer.droit_rsa.motifs_suspension", "[\"44\"]", "", "", "sensible"},
    {"droits_rsa", "foyer.droit_rsa.motif_refus", "F97", "foyer.droit_rsa.motif_refus", "~fin_de_droit_immediate",
     "sensible"},
    {"suivi", "objectif.O-3.frein", "sante", "objectif.O-3.frein", "~social", "sensible"},
    {"suivi", "rendez_vous.R-9.issue", "fatiguée", "", "", "texte_libre"},
    {"relais", "relais.L-2.motif", "charge", "relais.L-2.etape", "~effectif"},
    {"relais", "relais.L-2.texte", "trop de monde", "", "", "texte_libre"},
    {"instances", "saisine.S-1.motif", "cas_complexe", "", ""},
};

// The lesser of two cells, without any consent.
std::string least(const std::string &a, const std::string &b) {
  const auto x = cellule_of(a).value().sans, y = cellule_of(b).value().sans;
  return std::string(text(std::min(x, y)));
}

} // namespace

TEST_CASE("the matrix of the pack is the one that was keyed by hand", "[droits]") {
  const auto table = keyed();
  for (const Role &role : rights().roles)
    for (const Finalite &purpose : rights().finalites) {
      const auto line = table.find(role.nom + "/" + purpose.nom);
      const Ligne *found = rights().ligne(role.nom, purpose.nom);
      INFO(role.nom << " / " << purpose.nom);
      REQUIRE((found != nullptr) == (line != table.end()));
      if (found == nullptr)
        continue;
      REQUIRE(found->cellules.size() == line->second.size());
      for (const auto &[family, cell] : line->second) {
        INFO(family);
        CHECK(text(found->cellules.at(family)) == cell);
      }
    }
  CHECK(table.size() == rights().matrice.size());
}

TEST_CASE("each role sees exactly the cells of its line, in a dossier that holds something of each family",
          "[droits]") {
  Scene scene;
  for (const auto &[line, cells] : keyed()) {
    const std::string role = line.substr(0, line.find('/')), purpose = line.substr(line.find('/') + 1);
    const Vue view = scene.see(ask(role, purpose));
    CHECK(view.role == role);
    for (const Exemple &example : examples) {
      const std::string &cell = cells.at(example.family);
      const std::string bare = least(cell, example.across.empty() ? "clair" : cells.at(example.across));
      INFO(line << " " << example.path << " " << bare);
      const auto at = [&](std::string path) {
        if (role != "personne" && role != "referent") // a source's number stands where the whole fact does
          for (const char *number : {"O-3", "R-9", "A-17", "S-1"})
            if (const std::size_t found = path.find(number); found != std::string::npos) {
              CHECK(shown(view.situation, path) == "-");
              path.replace(found, std::string(number).size(), "1");
            }
        if (role != "sortant") // who sees his relay whole
          for (const char *number : {"L-1", "L-2"})
            if (const std::size_t found = path.find(number);
                found != std::string::npos && role != "personne" && role != "referent") {
              const std::string step = number == std::string("L-1") ? "demande" : "effectif";
              const bool first = shown(view.situation, "relais.1.etape").find(step) != std::string::npos;
              path.replace(found, 3, first ? "1" : "2");
            }
        return shown(view.situation, path);
      };
      if (role == "pressenti" && example.family == "relais") {
        CHECK(at(example.path) == "-"); // that of somebody else
        CHECK(at("relais.L-1.motif") == "demenagement");
        continue;
      }
      if (bare == "clair")
        CHECK(at(example.path) == example.clear);
      else
        CHECK(at(example.path) == (bare == "grossi" && example.coarse_path == example.path ? example.coarse : "-"));
      if (bare == "grossi" && !example.coarse_path.empty())
        CHECK(at(example.coarse_path) == example.coarse);
      const std::string own = least(cell, "clair");
      CHECK(held_back(view.retenues, example.family).substr(0, own.size()) == (own == "clair" ? "" : own));
    }
  }
}

TEST_CASE("a role sees nothing for a purpose that is not its own", "[droits]") {
  Scene scene;
  for (const Role &role : rights().roles)
    for (const Finalite &purpose : rights().finalites)
      if (rights().ligne(role.nom, purpose.nom) == nullptr) {
        INFO(role.nom << " / " << purpose.nom);
        const Vue view = scene.see(ask(role.nom, purpose.nom));
        CHECK(view.role.empty());
        CHECK(view.situation.faits.empty());
        CHECK_FALSE(view.situation.foyer);
        CHECK(held_back(view.retenues, "dossier") == "retenu (finalite)");
      }
}

TEST_CASE("every field of a person and of a household belongs to a family", "[droits]") {
  for (const dossier::TypeContenu &type : dossier::types_contenu()) {
    if (type.cardinalite == dossier::Cardinalite::mecanique ||
        (type.genre != dossier::Genre::personne && type.genre != dossier::Genre::foyer))
      continue;
    for (const dossier::Champ &field : type.champs) {
      INFO(type.nom << "." << field.nom);
      CHECK(rights().famille_of(type.nom, "", field.nom) != nullptr);
    }
  }
}

TEST_CASE("a table of rights that leaves something unsaid is refused, with its place", "[droits]") {
  const auto read = [](const std::string &name) {
    std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/packs/socle-national/" + name);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  const std::string whole = read("donnees/droits.json");
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string changed = whole;
    changed.replace(changed.find(from), from.size(), to);
    return refusal([&] {
      Pack::Files files{{"donnees/droits.json", changed}};
      for (const char *name :
           {"pack.json", "articles.json", "parametres.json", "socle.dmn", "conservation.dmn", "relais.dmn"})
        files.emplace_back(name, read(name));
      read_droits(*Pack::from_files(files));
    });
  };
  CHECK(refused("\"statut\"", "\"statut\"").empty());
  CHECK(refused("\"age\": \"clair\", ", "") == "R003 at donnees/droits.json#/matrice/0/cellules");
  CHECK(refused("\"grossi/clair\"", "\"clair/grossi\"").starts_with("R003 at donnees/droits.json#/matrice/"));
  CHECK(refused("\"relation\": \"soi\"", "\"relation\": \"ami\"") == "R003 at donnees/droits.json#/roles/0/relation");
  CHECK(refused("\"role\": \"personne\", \"finalite\": \"droit_acces\"",
                "\"role\": \"personne\", \"finalite\": \"vente\"")
            .starts_with("R003 at donnees/droits.json#/matrice/0/finalite"));
  CHECK(refused("frein.code", "frein.couleur").starts_with("R003 at donnees/droits.json#/champs/"));
  CHECK(refused("\"professionnel\": [\"formation\"", "\"professionnel\": [\"sante\", \"formation\"")
            .starts_with("R003 at donnees/droits.json#/nomenclatures/1/groupes/"));
  CHECK(refused("\"numeros\"", "\"numeros_\"") == "R003 at donnees/droits.json#/numeros");
  CHECK(refused("\"par_leur_acte\"", "\"par_leur_acte_\"") == "R003 at donnees/droits.json#/par_leur_acte");
  CHECK(refused("\"par_leur_acte\": [\"element_passeport\"", "\"par_leur_acte\": [\"mariage\"") ==
        "R003 at donnees/droits.json#/par_leur_acte");
  CHECK(refused("\"type\": \"objectif\"", "\"type\": \"identite\"") == "R003 at donnees/droits.json#/numeros/2/type");
  CHECK(refused("\"acte\": \"nommer\"", "\"acte\": \"acces\"") == "R003 at donnees/droits.json#/habilitations/4/acte");
  CHECK(refused("\"types\": [\"fusion\"]", "\"types\": [\"mariage\"]") ==
        "R003 at donnees/droits.json#/habilitations/23/types");
  CHECK(refused("\"types\": [\"fusion\"]", "\"types\": [\"referent\"]") ==
        "R003 at donnees/droits.json#/habilitations/23/types");
  CHECK(refused("\"role\": \"delegue\", \"finalite\"", "\"role\": \"maire\", \"finalite\"") ==
        "R003 at donnees/droits.json#/habilitations/0/permis/1/role");
  CHECK(refused("\"22\", \"23\"", "\"22\", \"formation\"").starts_with("R003 at donnees/droits.json#/champs/"));
}
