// VRSB flows of invented people: text in UTF-8, to be declared as such or turned into windows-1252.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie::testing::vrsb {

inline std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + std::string(text) + "</" + std::string(name) + ">\n";
}

struct Person {
  std::string nom = "EXEMPLE", prenom = "ALINE", naissance = "1990-05-04", role = "DEM", nir = {}, sexe = "2";
  std::string a_charge = "1";
  std::string rattachee = "2018-08-06";
  std::string droits = "1"; // and duties; empty: the block is not there
  std::string more = {};    // Activite, Ressources…
  std::string pfa = {};     // the role in the family benefits; that of the RSA when it is empty
};

inline std::string to_xml(const Person &p) {
  std::string identity = element("QUAL", p.sexe == "2" ? "MME" : "MR") + element("NOM", p.nom) +
                         element("NOMNAI", p.nom) + element("PRENOM", p.prenom) + element("NOMCOMNAI", "VILLE-EXEMPLE");
  if (!p.naissance.empty())
    identity += element("DTNAI", p.naissance);
  identity += element("TYPEDTNAI", "N");
  if (!p.nir.empty())
    identity += element("NIR", p.nir);
  std::string text =
      element("Identification", identity + element("SEXE", p.sexe)) +
      element("DossierCAF", element("TOPRESPDOS", "0") + element("DDRATDOS", p.rattachee)) +
      element("Prestations", element("NATPREST", "PFA") + element("ROLEPERS", p.pfa.empty() ? p.role : p.pfa) +
                                 element("TOPCHAPERS", "0")) +
      element("Prestations",
              element("NATPREST", "RSA") + element("ROLEPERS", p.role) + element("TOPCHAPERS", p.a_charge));
  if (!p.droits.empty())
    text += element("MontantCalculDroitRSAPersonne", element("TOPPERSDRODEVORSA", p.droits));
  return element("Personne", text + p.more);
}

struct Household {
  std::string fonorg = "CAF", numorg = "771", matricule = "100000100000000";
  std::vector<Person> personnes = {Person{}};
  std::string sitfam = "CEL", depuis = "2015-03-01";
  std::string commune = "NANGIS", emmenagement = "2019-01-01";
  std::string sans_domicile = "0";
  std::string etat = "2";
  std::string suite = {};      // SuspensionVersement, FinDroit…
  bool administratives = true; // and what follows
};

inline std::string to_xml(const Household &h) {
  std::string text =
      element("IdentificationRSA",
              element("Organisme",
                      element("FONORG", h.fonorg) + element("NUMORG", h.numorg) + element("MATRICULE", h.matricule)) +
                  element("Partenaire", element("TYPEPARTE", "CG  ") + element("IDEPARTE", "077")) +
                  element("DemandeRSA", element("DTDEMRSA", "2018-08-06") + element("NUMDEMRSA", "01000001077")));
  for (const Person &person : h.personnes)
    text += to_xml(person);
  if (!h.administratives)
    return element("InfosFoyerRSA", text);
  text += element(
      "DonneesAdministratives",
      element("SituationFamille", element("SITFAM", h.sitfam) + element("DDSITFAM", h.depuis)) +
          element("Adresse", element("TroncCommunAdresse", element("RGADR", "01") + element("DTEMM", h.emmenagement) +
                                                               element("PAYS", "FRA") + element("TYPEADR", "D") +
                                                               element("ETATADR", "CO")) +
                                 element("AdresseDetailleeFrance",
                                         "<COMPLIDEADR />" + element("NUMVOIE", "25") + element("LIBTYPEVOIE", "RUE") +
                                             element("NOMVOIE", "DE L'EXEMPLE") + element("NUMCOM", "77327") +
                                             element("CODEPOS", "77370") + element("NOMCOM", h.commune))));
  text +=
      element("PrestationRSA",
              element("SituationDossierRSA", element("EtatDossierRSA", element("ETATDOSRSA", h.etat)) + h.suite) +
                  element("DetailDroitRSA", element("TroncCommunDroitRSA", element("TOPSANSDOMFIXE", h.sans_domicile) +
                                                                               element("ORIDEMRSA", "DEM"))));
  return element("InfosFoyerRSA", text);
}

struct File {
  std::string reference = "2022-02-28";
  std::vector<Household> foyers = {Household{}};
  std::string type = "M";
  std::string total = "auto"; // the number of households; empty: the block is not there
  std::string anomalies = "00000000";
  std::string encoding = "UTF-8";
  std::string more_header = {};
};

inline std::string head(const File &f) {
  return "<?xml version=\"1.0\" encoding=\"" + f.encoding + "\"?>\n<Racine>\n" +
         element("IdentificationFlux", element("APPLIEME", "CRI") + element("NUMVERSIONAPPLIEME", "6200") +
                                           element("TYPEFLUX", f.type) + element("NATFLUX", "D") +
                                           element("DTCREAFLUX", f.reference) +
                                           (f.reference.empty() ? "" : element("DTREF", f.reference)) + f.more_header);
}

inline std::string tail(const File &f, std::size_t households) {
  if (f.total.empty())
    return "</Racine>\n";
  return element("TransmissionFlux",
                 element("NBTOTDOSRSATRANSM", f.total == "auto" ? std::to_string(households) : f.total) +
                     element("NBTOTDOSRSATRANSMANO", f.anomalies)) +
         "</Racine>\n";
}

inline std::string to_xml(const File &f) {
  std::string text = head(f);
  for (const Household &household : f.foyers)
    text += to_xml(household);
  return text + tail(f, f.foyers.size());
}

} // namespace spie::testing::vrsb
