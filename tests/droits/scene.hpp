// One invented person about whom everything is known, those around her, and the counter where they ask.
#pragma once

#include "tests/dossier/events.hpp"

#include "spie/droits/vue.hpp"
#include "spie/store/acces.hpp"

#include <map>
#include <string>
#include <vector>

namespace spie::testing {

inline std::shared_ptr<const Pack> national_pack() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/socle-national");
  return pack;
}
inline const droits::Droits &rights() {
  static const droits::Droits table = droits::read_droits(*national_pack());
  return table;
}

// Aline Exemple, since 1 March 2022. One fact for each family at least; René is her référent, Maud a member, Iris sits
// in the instance of her case, which Anna organises; Sam handed her over to René, who asks Paul to go on. Max directs
// the structure of them all.
inline std::vector<Event> full_dossier() {
  const std::string a = "personne:aline", f = "foyer:f1", d = "2022-03-01";
  return {
      {a, "identite",
       R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1990-06-15"}, "sexe": "2"})", d, "carnet"},
      {a, "contact", R"({"telephones": ["0100000000"], "courriels": ["aline@example.org"]})", d, "carnet"},
      {a, "adresse", R"({"lignes": ["1 rue Inventée"], "code_postal": "77999", "commune": "VAL-INVENTE"})", d,
       "carnet"},
      {a, "identifiant", R"({"genre": "caf", "valeur": "0000001"})", d, "caf.vrsb"},
      {a, "statut", R"({"code": "brsa", "reponse": "oui"})", d, "carnet"},
      {a, "statut", R"({"code": "aah", "reponse": "non"})", d, "carnet"},
      {a, "statut", R"({"code": "rqth", "reponse": "oui"})", d, "carnet"},
      {a, "appartenance", R"({"foyer": "foyer:f1", "role": "DEM"})", d, "caf.vrsb"},
      {f, "composition", R"({"enfants": [{"mois_naissance": "2020-05"}, {"mois_naissance": "2021-07"}]})", d,
       "caf.vrsb"},
      {f, "droit_rsa",
       R"({"etat": "2", "numero_demande": "0100001077", "motifs_suspension": ["44"], "motif_refus": "F97"})", d,
       "caf.vrsb"},
      {a, "revenu", R"({"nature": "021", "mois": "2022-02", "montant": 412.5})", d, "caf.vrsb"},
      {a, "situation_professionnelle", R"({"code": "maladie"})", d, "carnet"},
      {a, "niveau_formation", R"({"niveau": "NV3"})", d, "carnet"},
      {a, "recherche_emploi", R"({"metiers": ["K1303"]})", d, "carnet"},
      {a, "frein", R"({"code": "sante", "reponse": "oui", "texte": "dialyse le mardi"})", d, "carnet"},
      {a, "frein", R"({"code": "mobilite", "reponse": "non"})", d, "carnet"},
      {a, "frein", R"({"code": "formation", "reponse": "non"})", d, "carnet"},
      {a, "ressource", R"({"code": "permis_b", "reponse": "oui"})", d, "carnet"},
      {a, "entree", R"({"motif": "orientation"})", d, "carnet"},
      {a, "action",
       R"({"id": "A-17", "etape": "prescrite", "code": "BIL", "libelle": "Bilan de santé", "theme": "sante"})", d,
       "carnet"},
      {a, "objectif", R"({"id": "O-3", "frein": "sante", "etat": "en_cours"})", d, "carnet"},
      {a, "rendez_vous", R"({"id": "R-9", "etape": "tenu", "issue": "fatiguée"})", d, "carnet"},
      {a, "referent",
       R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene", "structure": "structure:s"})",
       d, "carnet"},
      {a, "membre",
       R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence", "structure": "structure:s"})", d},
      {a, "membre",
       R"({"professionnel": "professionnel:iris", "role": "instance", "etape": "commence", "instance": "instance:i"})",
       d},
      {a, "relais",
       R"({"id": "L-1", "etape": "demande", "objet": "referent", "role": "referent_unique", "de": "professionnel:rene", "vers": "professionnel:paul", "motif": "demenagement", "texte": "elle part à Meaux"})",
       d},
      {a, "relais",
       R"({"id": "L-2", "etape": "demande", "objet": "referent", "role": "referent_unique", "de": "professionnel:sam", "vers": "professionnel:rene", "motif": "charge", "texte": "trop de monde"})",
       "2022-02-01"},
      {a, "relais", R"({"id": "L-2", "etape": "effectif"})", "2022-03-05"},
      {a, "saisine", R"({"id": "S-1", "etape": "deposee", "instance": "instance:i", "motif": "cas_complexe"})", d},
      {"instance:i", "instance", R"({"nom": "Instance inventée"})", d},
      {"instance:i", "siege", R"({"professionnel": "professionnel:anna", "qualite": "animateur", "etape": "commence"})",
       d},
      {a, "consentement",
       R"({"finalite": "evaluation", "destinataire": "evaluateur", "accorde": true, "objets": ["parcours"]})", d},
  };
}

struct Scene {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles;
  droits::Guichet guichet{*journal, *acces, rights(), regles};
  dossier::Sujet aline = subject("personne:aline");

  Scene() { record(*journal, "2022-03-05", full_dossier()); }

  droits::Vue see(const droits::Demande &asked, std::string_view at = "2022-06-01") {
    return guichet.voir(asked, aline, day(at));
  }
  std::vector<droits::Acces> entries() {
    std::vector<droits::Acces> list;
    acces->each([&](const droits::Acces &entry) { list.push_back(entry); });
    return list;
  }
};

// Who plays each role towards Aline.
inline droits::Acteur actor(const std::string &role) {
  static const std::map<std::string, std::string> who{{"personne", "personne:aline"},
                                                      {"referent", "professionnel:rene"},
                                                      {"membre", "professionnel:maud"},
                                                      {"membre_instance", "professionnel:iris"},
                                                      {"responsable_structure", "professionnel:max"},
                                                      {"pressenti", "professionnel:paul"},
                                                      {"sortant", "professionnel:sam"},
                                                      {"animateur", "professionnel:anna"}};
  const auto found = who.find(role);
  return {found == who.end() ? "professionnel:pia" : found->second,
          role == "responsable_structure" ? "structure:s" : "",
          {role}};
}
inline droits::Demande ask(const std::string &role, const std::string &purpose,
                           std::string_view at = "2022-06-01T08:00:00Z") {
  return {actor(role), purpose, instant(at), std::nullopt};
}

// The paths of a view, "…" around those that are coarse, with their values.
inline std::string shown(const dossier::Situation &situation, std::string_view path) {
  const dossier::Fait *found = situation.find(path);
  if (found == nullptr)
    return "-";
  const std::string value = found->dire.valeur.to_string();
  return found->dire.source.empty() ? "~" + value : value;
}
// "sante: clair" of what was held back: "consentement" and the like; empty when it was not.
inline std::string held_back(const std::vector<droits::Retenue> &list, std::string_view object) {
  for (const droits::Retenue &one : list)
    if (one.objet == object)
      return std::string(text(one.traitement)) + " (" + std::string(text(one.motif)) + ")";
  return {};
}

} // namespace spie::testing
