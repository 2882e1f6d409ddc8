// The VRSB flow, from its households to dated facts. Expected values are worked out by hand from the text of each file.
#include "tests/dossier/events.hpp"
#include "tests/exchange/vrsb_file.hpp"
#include "tests/exchange/vrsb_flow.hpp"
#include "tests/peak.hpp"

#include "spie/exchange/vrsb.hpp"

#include <algorithm>
#include <filesystem>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;
using vrsb::element;

namespace {

const Nomenclatures &lists() {
  static const Nomenclatures all = Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  return all;
}

ImportOptions options(std::string_view recorded = "2023-01-01T12:00:00Z") {
  ImportOptions made;
  made.fichier = "RSABEM.xml";
  made.auteur = "test";
  made.enregistre = instant(recorded);
  return made;
}

Rapport read(Journal &journal, const std::string &xml) {
  const auto bytes = memory_bytes(xml);
  Rapport report = import_vrsb(journal, *bytes, options(), lists());
  CHECK(report.recus == report.lus + report.refuses_total);
  return report;
}
Rapport read(Journal &journal, const vrsb::File &file) { return read(journal, to_xml(file)); }

// "I006 InfosFoyerRSA[1]/Personne[2] DTNAI=2022-02-30" of each fault or warning.
std::vector<std::string> lines(const std::vector<Refus> &faults) {
  std::vector<std::string> result;
  for (const Refus &fault : faults)
    result.push_back(std::string(text(fault.code)) + " " + fault.place + " " + fault.champ + "=" + fault.valeur);
  return result;
}
using Lines = std::vector<std::string>;

std::vector<Sujet> people(Journal &journal) { return journal.subjects(Genre::personne, "", 100); }

// The dossier of that first name.
Sujet of(Journal &journal, std::string_view first_name) {
  for (const Sujet &subject : people(journal))
    for (const Evenement &event : journal.about(subject))
      if (event.type == "identite" && event.contenu.find("prenom")->text() == first_name)
        return subject;
  FAIL("nobody is called " << first_name);
  return {};
}

std::string value(Journal &journal, const Sujet &subject, std::string_view date, std::string_view path) {
  const Situation found = situation(journal, subject, day(date));
  const Fait *fact = found.find(path);
  return fact == nullptr ? "-" : fact->dire.valeur.to_string();
}

std::size_t facts(Journal &journal) {
  std::size_t count = 0;
  journal.each(1, everything, [&](const Evenement &event) {
    count += event.type != "import" && event.type != "observation" ? 1U : 0U;
  });
  return count;
}

vrsb::Person person(std::string prenom, std::string naissance, std::string role, std::string nir = {},
                    std::string sexe = "2") {
  vrsb::Person made;
  made.prenom = std::move(prenom);
  made.naissance = std::move(naissance);
  made.role = std::move(role);
  made.nir = std::move(nir);
  made.sexe = std::move(sexe);
  return made;
}

std::string income(std::string_view month, std::string_view details) {
  return element("Ressources",
                 element("RessourcesMensuelles",
                         element("GeneraliteRessourcesMensuelles", element("MOISRESS", month)) + std::string(details)));
}
std::string amount(std::string_view nature, std::string_view euros) {
  return element("DetailRessourcesMensuelles", element("NATRESS", nature) + element("MTNATRESSMEN", euros));
}
std::string former(std::string_view rank, std::string_view since, std::string_view where) {
  return element("Adresse", element("TroncCommunAdresse", element("RGADR", rank) + std::string(since)) +
                                element("AdresseDetailleeFrance", element("NOMCOM", where)));
}
std::string activity(std::string_view code, std::string_view since, std::string_view until = {}) {
  return element("Activite", element("REG", "GE") + element("ACT", code) + element("DDACT", since) +
                                 (until.empty() ? "" : element("DFACT", until)));
}

} // namespace

TEST_CASE("each fact of a household stands at its own date", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  vrsb::Person &aline = file.foyers[0].personnes[0];
  aline.more = element("DossierPoleEmploi", element("IDASSEDIC", "0000001X")) +
               income("2021-08-01", amount("001", "0001675.00") + amount("010", "0000045.50")) +
               activity("SAL", "2021-11-01", "2021-12-19") + activity("CHO", "2021-12-20");
  const Rapport report = read(*journal, file);
  CHECK(report.clos);
  CHECK(report.recus == 1);
  CHECK(report.lus == 1);
  CHECK(report.fautes == 0);
  CHECK(lines(report.avertissements) == Lines{});
  CHECK(report.date_reference == day("2022-02-28"));
  CHECK(report.dossiers_nouveaux == 1);
  const Sujet dossier = of(*journal, "ALINE");
  const auto at = [&](std::string_view date, std::string_view path) { return value(*journal, dossier, date, path); };
  CHECK(at("2022-02-28", "identite.nom") == "EXEMPLE");
  CHECK(at("2022-02-28", "identite.date_naissance") == "1990-05-04");
  CHECK(at("2022-02-28", "identite.commune_naissance") == "VILLE-EXEMPLE");
  CHECK(at("2022-02-27", "identite.nom") == "-"); // undated: known from the file's date on
  CHECK(at("2022-02-28", "identifiant.pole_emploi/0000001X.valeur") == "0000001X");
  CHECK(at("2022-02-28", "droits_devoirs.soumis") == "oui");
  CHECK(at("2021-08-15", "revenu.001/2021-08.montant") == "1675");
  CHECK(at("2021-08-15", "revenu.010/2021-08.montant") == "45.5"); // by nature, never summed
  CHECK(at("2021-09-01", "revenu.001/2021-08.montant") == "-");
  CHECK(at("2021-12-19", "activite.SAL.regime") == "GE");
  CHECK(at("2021-12-20", "activite.SAL.regime") == "-");
  CHECK(at("2022-02-28", "activite.CHO.code") == "CHO");
  CHECK(at("2018-12-31", "adresse.commune") == "-");
  CHECK(at("2019-01-01", "adresse.commune") == "NANGIS"); // DTEMM
  CHECK(at("2019-01-01", "adresse.lignes") == R"(["25 RUE DE L'EXEMPLE"])");
  CHECK(at("2019-01-01", "adresse.sans_domicile_fixe") == "non");
  CHECK(at("2018-08-06", "appartenance.role") == "DEM"); // DDRATDOS
  CHECK(at("2018-08-06", "foyer.situation_familiale.code") == "CEL");
  CHECK(at("2022-02-28", "foyer.droit_rsa.etat") == "2");
  CHECK(at("2022-02-28", "foyer.droit_rsa.date_demande") == "2018-08-06");
  CHECK(at("2022-02-28", "foyer.droit_rsa.numero_demande") == "01000001077");
  CHECK(at("2022-02-27", "foyer.droit_rsa.etat") == "-");
  CHECK(at("2022-02-28", "foyer.composition.enfants") == "[]");
  const Situation found = situation(*journal, dossier, day("2022-02-28"));
  CHECK(found.find("identite.nom")->dire.source == "caf.vrsb");
}

TEST_CASE("an activity whose beginning cannot be read is known on its last day", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes[0].more = activity("SAL", "0000-00-00", "2021-12-19");
  const Rapport report = read(*journal, file);
  CHECK(report.clos);
  CHECK(lines(report.refuses) == Lines{"I006 InfosFoyerRSA[1]/Personne[1] DDACT=0000-00-00"});
  const Sujet dossier = of(*journal, "ALINE");
  CHECK(value(*journal, dossier, "2021-12-18", "activite.SAL.regime") == "-");
  CHECK(value(*journal, dossier, "2021-12-19", "activite.SAL.regime") == "GE");
  CHECK(value(*journal, dossier, "2021-12-20", "activite.SAL.regime") == "-");
  const auto events = facts(*journal);
  read(*journal, file);
  CHECK(facts(*journal) == events);
}

namespace {

vrsb::File with_activities(std::string_view reference, const std::string &activities) {
  vrsb::File file;
  file.reference = reference;
  file.foyers[0].personnes[0].more = activities;
  return file;
}

} // namespace

TEST_CASE("an activity that a later file lists no more has ended, in whatever order the files are read",
          "[exchange][vrsb]") {
  const std::vector<vrsb::File> files{with_activities("2022-01-31", activity("CHO", "2021-03-01")),
                                      with_activities("2022-04-30", activity("SAL", "2022-04-11")),
                                      with_activities("2022-11-30", activity("CHO", "2022-11-02")),
                                      with_activities("2022-12-31", {})};
  const std::vector<std::vector<std::size_t>> orders{{0, 1, 2, 3}, {0, 2, 1, 3}, {2, 1, 0, 3}, {3, 0, 1, 2}};
  for (const auto &order : orders) {
    const auto journal = store::open_memory();
    for (const std::size_t i : order)
      read(*journal, files[i]);
    const Sujet dossier = of(*journal, "ALINE");
    const auto at = [&](std::string_view date) {
      return value(*journal, dossier, date, "activite.CHO.code") + " " +
             value(*journal, dossier, date, "activite.SAL.code");
    };
    CAPTURE(order);
    CHECK(at("2022-01-31") == "CHO -");
    CHECK(at("2022-04-30") == "- SAL");
    CHECK(at("2022-11-30") == "CHO -");
    CHECK(at("2022-12-31") == "- -");
    const auto before = facts(*journal);
    for (const vrsb::File &file : files)
      read(*journal, file);
    CHECK(facts(*journal) == before);
  }
}

TEST_CASE("a month read late does not end what a later file dates back over it", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  read(*journal, with_activities("2022-02-28", activity("SAC", "2022-01-26")));
  read(*journal, with_activities("2022-03-31", {}));
  read(*journal, with_activities("2022-01-28", {}));
  const Sujet dossier = of(*journal, "ALINE");
  CHECK(value(*journal, dossier, "2022-02-28", "activite.SAC.code") == "SAC");
  CHECK(value(*journal, dossier, "2022-03-31", "activite.SAC.code") == "-");
}

TEST_CASE("a former address of a time that no file saw is read", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File first;
  read(*journal, first);
  vrsb::File later;
  later.reference = "2022-12-31";
  later.foyers[0].commune = "PROVINS";
  later.foyers[0].emmenagement = "2022-09-01";
  std::string xml = to_xml(later);
  xml.insert(xml.find("<Adresse>"), former("02", element("DTEMM", "2022-05-01"), "MELUN"));
  read(*journal, xml);
  const Sujet dossier = of(*journal, "ALINE");
  const auto at = [&](std::string_view date) { return value(*journal, dossier, date, "adresse.commune"); };
  CHECK(at("2022-04-30") == "NANGIS");
  CHECK(at("2022-05-01") == "MELUN");
  CHECK(at("2022-09-01") == "PROVINS");
}

TEST_CASE("suspension, refusal and closing date the state of the right", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  vrsb::Household &foyer = file.foyers[0];
  foyer.etat = "4";
  foyer.suite =
      element("SuspensionVersement", element("MOTISUSVERSRSA", "06") + element("DDSUSVERSRSA", "2022-01-01")) +
      element("SuspensionVersement", element("MOTISUSVERSRSA", "34") + element("DDSUSVERSRSA", "2022-02-01"));
  read(*journal, file);
  const Sujet dossier = of(*journal, "ALINE");
  const auto at = [&](std::string_view date, std::string_view path) { return value(*journal, dossier, date, path); };
  CHECK(at("2021-12-31", "foyer.droit_rsa.etat") == "-");
  CHECK(at("2022-01-01", "foyer.droit_rsa.etat") == "4");
  CHECK(at("2022-01-01", "foyer.droit_rsa.motifs_suspension") == R"(["06", "34"])");
  file.reference = "2022-03-31";
  foyer.etat = "5";
  foyer.suite = element("FinDroit", element("MOTICLORSA", "PCG") + element("DTCLORSA", "2022-03-15"));
  read(*journal, file);
  CHECK(at("2022-03-14", "foyer.droit_rsa.etat") == "4");
  CHECK(at("2022-03-15", "foyer.droit_rsa.etat") == "5");
  CHECK(at("2022-03-15", "foyer.droit_rsa.motif_cloture") == "PCG");
}

TEST_CASE("the one who asks and the spouse have dossiers; children and others are counted in the household",
          "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  vrsb::Person child = person("ZOE", "2020-11-30", "ENF", "2201177990123");
  child.more = element("Rattachement", element("NOMNAI", "EXEMPLE") + element("PRENOM", "ALINE") +
                                           element("DTNAI", "1990-05-04") + element("NIR", "2900577990123"));
  vrsb::Person twin = person("LEO", "2020-11-30", "ENF", {}, "1");
  vrsb::Person grown = person("MAX", "1999-02-01", "ENF", {}, "1");
  grown.a_charge = "0";
  vrsb::Person aunt = person("ODETTE", "1955-01-01", "AUT");
  // The spouse was born the same day: the first name tells them apart.
  file.foyers[0].personnes = {child, person("ALINE", "1990-05-04", "DEM", "2900577990123"),     twin, grown,
                              aunt,  person("BRUNO", "1990-05-04", "CJT", "1900577990124", "1")};
  file.foyers[0].personnes[1].pfa = "CJT"; // the role in the family benefits is another one
  const Rapport report = read(*journal, file);
  CHECK(report.dossiers_nouveaux == 2);
  CHECK(people(*journal).size() == 2);
  const Sujet aline = of(*journal, "ALINE");
  CHECK(aline != of(*journal, "BRUNO"));
  CHECK(value(*journal, aline, "2022-02-28", "appartenance.role") == "DEM");
  CHECK(
      value(*journal, aline, "2022-02-28", "foyer.composition.enfants") ==
      R"([{mois_naissance: "1999-02", a_charge: "non"}, {mois_naissance: "2020-11", a_charge: "oui"}, {mois_naissance: "2020-11", a_charge: "oui"}])");
  CHECK(value(*journal, aline, "2022-02-28", "foyer.composition.autres_personnes_a_charge") == "1");
  // No name nor number of a child, no number in clear, stands anywhere in the journal.
  std::string all;
  journal->each(1, everything, [&](const Evenement &event) { all += write_json(to_value(event)); });
  for (const char *hidden : {"ZOE", "LEO", "MAX", "ODETTE", "2201177990123", "2900577990123", "1900577990124"})
    CHECK(all.find(hidden) == std::string::npos);
  const std::string print = journal->nir_fingerprints("2900577990123").front();
  CHECK(journal->lookup("nir", print) == std::vector{aline});
}

TEST_CASE("the same flow again adds no fact", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes = {person("ALINE", "1990-05-04", "DEM"), person("BRUNO", "1988-01-02", "CJT", {}, "1"),
                              person("ZOE", "2020-11-30", "ENF")};
  file.foyers[0].personnes[0].more = income("2021-08-01", amount("001", "0001675.00")) +
                                     activity("SAL", "2021-03-01", "2021-06-30") + activity("SAL", "2021-09-01") +
                                     activity("SAL", "2021-09-01"); // the last two: twice the same
  const Rapport first = read(*journal, file);
  CHECK(lines(first.refuses) == Lines{"I006 InfosFoyerRSA[1]/Personne[1] ACT=SAL"});
  const std::size_t before = facts(*journal);
  const Rapport again = read(*journal, file);
  CHECK(again.deja_lu);
  CHECK(again.clos);
  CHECK(again.evenements == 2); // opened and closed
  CHECK(again.dossiers_nouveaux == 0);
  CHECK(facts(*journal) == before);
}

TEST_CASE("month after month only what changes is recorded", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  read(*journal, file);
  const Sujet dossier = of(*journal, "ALINE");
  const std::size_t before = facts(*journal);
  file.reference = "2022-03-31";
  CHECK(read(*journal, file).evenements == 4); // opened, two observations, closed
  CHECK(facts(*journal) == before);
  file.reference = "2022-04-30";
  file.foyers[0].personnes[0].droits = "0";
  file.foyers[0].sitfam = "VIM";
  file.foyers[0].depuis = "2022-04-09";
  file.foyers[0].commune = "PROVINS";
  file.foyers[0].emmenagement = "2022-04-10";
  read(*journal, file);
  CHECK(facts(*journal) == before + 3);
  const auto at = [&](std::string_view date, std::string_view path) { return value(*journal, dossier, date, path); };
  CHECK(at("2022-04-29", "droits_devoirs.soumis") == "oui");
  CHECK(at("2022-04-30", "droits_devoirs.soumis") == "non");
  CHECK(at("2022-04-08", "foyer.situation_familiale.code") == "CEL");
  CHECK(at("2022-04-09", "foyer.situation_familiale.code") == "VIM");
  CHECK(at("2022-04-09", "adresse.commune") == "NANGIS");
  CHECK(at("2022-04-10", "adresse.commune") == "PROVINS");
}

TEST_CASE("an older month read late changes its own time alone", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File january, february, march;
  january.reference = "2022-01-31";
  march.reference = "2022-03-31";
  february.foyers[0].personnes[0].droits = "0";
  february.foyers[0].etat = "3";
  read(*journal, january);
  read(*journal, march);
  const Rapport late = read(*journal, february);
  CHECK(late.absents == 0);
  const Sujet dossier = of(*journal, "ALINE");
  const auto at = [&](std::string_view date, std::string_view path) { return value(*journal, dossier, date, path); };
  CHECK(at("2022-02-27", "droits_devoirs.soumis") == "oui");
  CHECK(at("2022-02-28", "droits_devoirs.soumis") == "non");
  CHECK(at("2022-03-31", "droits_devoirs.soumis") == "oui");
  CHECK(at("2022-02-28", "foyer.droit_rsa.etat") == "3");
  CHECK(at("2022-03-31", "foyer.droit_rsa.etat") == "2");
  const std::size_t before = facts(*journal);
  read(*journal, february);
  CHECK(facts(*journal) == before);
}

TEST_CASE("roles may be swapped: the dossiers stay", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes = {person("ALINE", "1990-05-04", "DEM"), person("BRUNO", "1988-01-02", "CJT", {}, "1")};
  read(*journal, file);
  file.reference = "2022-03-31";
  std::swap(file.foyers[0].personnes[0].role, file.foyers[0].personnes[1].role);
  const Rapport march = read(*journal, file);
  CHECK(march.dossiers_nouveaux == 0);
  const Sujet aline = of(*journal, "ALINE");
  CHECK(value(*journal, aline, "2022-03-30", "appartenance.role") == "DEM");
  CHECK(value(*journal, aline, "2022-03-31", "appartenance.role") == "CJT");
}

TEST_CASE("absence is of a whole monthly flow, and ends nothing", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::Household other;
  other.matricule = "200000200000000";
  other.personnes = {person("BRUNO", "1988-01-02", "DEM", {}, "1")};
  vrsb::Household elsewhere = other;
  elsewhere.fonorg = "MSA";
  elsewhere.numorg = "750";
  elsewhere.matricule = "250017799000112"; // a NIR with its key: 97 - 2500177990001 mod 97 = 12
  elsewhere.personnes = {person("CELESTE", "1950-01-02", "DEM")};
  vrsb::File both;
  both.foyers = {vrsb::Household{}, other};
  vrsb::File msa;
  msa.foyers = {elsewhere};
  read(*journal, both);
  read(*journal, msa);
  const auto without = [&](std::string reference, std::string type, std::string total) {
    vrsb::File file;
    file.reference = std::move(reference);
    file.type = std::move(type);
    file.total = std::move(total);
    return read(*journal, file);
  };
  CHECK(without("2022-03-28", "I", "auto").absents == 0);
  CHECK(without("2022-03-29", "M", "00000002").absents == 0);
  CHECK(without("2022-03-31", "M", "auto").absents == 2); // the household and its adult; not those of the MSA
  CHECK(without("2022-04-30", "M", "auto").absents == 0); // known already
  const Sujet bruno = of(*journal, "BRUNO");
  CHECK(value(*journal, bruno, "2022-04-30", "foyer.droit_rsa.etat") == "2");
  CHECK(value(*journal, bruno, "2022-04-30", "droits_devoirs.soumis") == "oui");
}

TEST_CASE("a control total that differs says which count fits it", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  const auto warning = [&](std::string total, std::string anomalies) -> std::string {
    vrsb::File file;
    file.total = std::move(total);
    file.anomalies = std::move(anomalies);
    const Rapport report = read(*journal, file);
    CHECK(report.clos);
    return report.avertissements.empty() ? "" : report.avertissements.front().motif;
  };
  CHECK(warning("00000001", "00000003").empty());
  CHECK(warning("00000004", "00000003").starts_with("le total compte aussi les dossiers en anomalie"));
  CHECK(warning("00000000", "00000001").starts_with("le total ne compte pas les dossiers en anomalie"));
  CHECK(warning("00000009", "00000000").starts_with("le total de contrôle diffère, avec ou sans les anomalies"));
  CHECK(warning("", "").starts_with("le total de contrôle manque"));
}

TEST_CASE("the matricule of the MSA is a NIR, and is never kept", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  vrsb::Household &foyer = file.foyers[0];
  foyer.fonorg = "MSA";
  foyer.numorg = "750";
  const auto take = [&](std::string matricule) {
    foyer.matricule = std::move(matricule);
    return read(*journal, file);
  };
  // 97 - 2900577990123 mod 97 = 43. With a key, without one, with another: the same household.
  CHECK(take("290057799012343").dossiers_nouveaux == 1);
  CHECK(take("2900577990123").dossiers_nouveaux == 0);
  CHECK(take("290057799012300").dossiers_nouveaux == 0);
  foyer.matricule = {};
  const Rapport refused = read(*journal, file);
  CHECK(refused.refuses_total == 1);
  std::string all = write_json(to_value(refused));
  journal->each(1, everything, [&](const Evenement &event) { all += write_json(to_value(event)); });
  CHECK(all.find("29005779901") == std::string::npos);
}

TEST_CASE("a NIR in a field that holds none is replaced by its fingerprint, and said", "[exchange][vrsb][nir]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes[0].nom = "290057799012343";
  file.foyers[0].commune = "2900577990123";
  const Rapport report = read(*journal, file);
  CHECK(lines(report.avertissements) == Lines{"I006 InfosFoyerRSA[1]/Personne[1] identite.nom=2…",
                                              "I006 InfosFoyerRSA[1]/Personne[1] identite.nom_naissance=2…",
                                              "I006 InfosFoyerRSA[1]/Personne[1] adresse.commune=2…"});
  vrsb::File named;
  named.foyers[0].matricule = "300000300000000";
  named.foyers[0].personnes[0].prenom = "2900577990123";
  const Rapport refused = read(*journal, named);
  CHECK(lines(refused.refuses) == Lines{"I005 InfosFoyerRSA[1]/Personne[1] PRENOM="});
  CHECK(refused.dossiers_nouveaux == 0);
  named.foyers[0].personnes[0] = person("ALINE", "1990-05-04", "DEM");
  named.foyers[0].personnes[0].nom.clear();
  CHECK(lines(read(*journal, named).refuses) == Lines{"I005 InfosFoyerRSA[1]/Personne[1] NOM="}); // and no first name
  const std::string print = journal->nir_fingerprints("2900577990123").front();
  const Sujet dossier = of(*journal, "ALINE");
  CHECK(value(*journal, dossier, "2022-02-28", "identite.nom") == print);
  CHECK(value(*journal, dossier, "2022-02-28", "adresse.commune") == print);
  const auto before = facts(*journal);
  read(*journal, file);
  CHECK(facts(*journal) == before);
}

TEST_CASE("what cannot be read is said, and the rest stands", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  vrsb::Household foyer;
  foyer.depuis = "2022-02-30";
  foyer.sitfam = "ZZZ";
  foyer.personnes = {person("ALINE", "0000-00-00", "DEM", "2900577990123456"), person("", "1988-01-02", "CJT"),
                     person("MAX", "2010-01-01", "")};
  foyer.personnes[0].more =
      income("2021-08-01", amount("001", "1675,00") + amount("010", "12.00") + amount("010", "13.00")) +
      activity("SAL", "2021-11-01", "2021-10-01");
  vrsb::Household nobody;
  nobody.matricule = {};
  file.foyers = {foyer, nobody, foyer, foyer};
  file.foyers[2].matricule = "200000200000000";
  const Rapport report = read(*journal, file);
  CHECK(report.recus == 4);
  CHECK(report.lus == 2);
  CHECK(report.refuses_total == 2);
  const std::vector<std::string> told = lines(report.refuses);
  for (const char *line :
       {"I006 InfosFoyerRSA[1] DDSITFAM=2022-02-30", "I006 InfosFoyerRSA[1]/Personne[1] DTNAI=0000-00-00",
        "I006 InfosFoyerRSA[1]/Personne[1] NIR=2…", "I006 InfosFoyerRSA[1]/Personne[1] MTNATRESSMEN=1675,00",
        "I006 InfosFoyerRSA[1]/Personne[1] NATRESS=010", "I006 InfosFoyerRSA[1]/Personne[1] DFACT=2021-10-01",
        "I005 InfosFoyerRSA[1]/Personne[2] PRENOM=", "I006 InfosFoyerRSA[1]/Personne[3] ROLEPERS=",
        "I005 InfosFoyerRSA[2] Organisme=CAF 771 ", "I005 InfosFoyerRSA[4] MATRICULE=1…"}) {
    CAPTURE(line);
    CHECK(std::find(told.begin(), told.end(), line) != told.end());
  }
  CHECK(report.refuses[0].portee == "champ");
  const std::vector<std::string> warned = lines(report.avertissements);
  CHECK(std::count(warned.begin(), warned.end(), "I007 InfosFoyerRSA[1] SITFAM=ZZZ") == 1); // once, for both
  const Sujet aline = of(*journal, "ALINE");
  CHECK(value(*journal, aline, "2022-02-28", "foyer.situation_familiale.code") == "ZZZ");
  CHECK(value(*journal, aline, "2022-02-28", "identite.date_naissance") == "-");
  CHECK(value(*journal, aline, "2021-08-15", "revenu.010/2021-08.montant") == "12");
}

TEST_CASE("without a list no code is checked", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].sitfam = "ZZZ";
  const std::string xml = to_xml(file);
  CHECK(import_vrsb(*journal, *memory_bytes(xml), options()).avertissements_total == 0);
}

TEST_CASE("former addresses are read where they are dated", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  std::string xml = to_xml(file);
  xml.insert(xml.find("<Adresse>"),
             former("03", "", "MELUN") + former("02", element("DTEMM", "2017-05-01"), "PROVINS"));
  read(*journal, xml);
  const Sujet dossier = of(*journal, "ALINE");
  CHECK(value(*journal, dossier, "2017-04-30", "adresse.commune") == "-");
  CHECK(value(*journal, dossier, "2018-12-31", "adresse.commune") == "PROVINS");
  CHECK(value(*journal, dossier, "2019-01-01", "adresse.commune") == "NANGIS");
}

TEST_CASE("accents come through windows-1252", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.encoding = "windows-1252";
  file.foyers[0].commune = "PROVINS-SUR-\xC9TANG \x8C"; // É and Œ
  read(*journal, file);
  CHECK(value(*journal, of(*journal, "ALINE"), "2022-02-28", "adresse.commune") == "PROVINS-SUR-ÉTANG Œ");
}

TEST_CASE("characters of another encoding than the file's are said where they can be told", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.encoding = "windows-1252";
  file.foyers[0].commune = "\u00C9TANG"; // in UTF-8
  const Rapport report = read(*journal, file);
  CHECK(report.clos);
  CHECK(lines(report.avertissements) == Lines{"I003 InfosFoyerRSA[1]/Personne[1] adresse.commune=Ã‰TANG"});
  for (const char *name : {"B\u0152UF", "L\u2019AMI", "\u0178VES", "20 \u20AC"}) {
    file.foyers[0].commune = name;
    file.foyers[0].matricule += "0";
    CAPTURE(name);
    CHECK(read(*journal, file).avertissements_total == 1);
  }
  file.encoding = "UTF-8"; // as it should be
  file.foyers[0].commune = "B\u0152UF-L\u2019\u00C2GE";
  CHECK(read(*journal, file).avertissements_total == 0);
}

TEST_CASE("another flow is refused by its name", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.more_header = element("VERSIONFLUX", "0301");
  Rapport report = read(*journal, file);
  CHECK_FALSE(report.clos);
  CHECK(report.recus == 0);
  CHECK(report.refuses.at(0).code == Code::import_format);
  CHECK(report.refuses[0].motif.find("VRSD0301") != std::string::npos);
  report = read(*journal, "<Racine><InfoDemandeRSA/></Racine>");
  CHECK(report.refuses.at(0).remede == "le lire sous le format « dsp »");
  CHECK(read(*journal, "<autre/>").refuses.at(0).code == Code::import_format);
  CHECK(read(*journal, "<Racine/>").refuses.at(0).code == Code::import_format);
  CHECK(read(*journal, "Nom;Prénom\n").refuses.at(0).code == Code::import_format);
  CHECK(read(*journal, "<!DOCTYPE l [<!ENTITY l 'l'>]><Racine/>").refuses.at(0).code == Code::import_format);
  CHECK(people(*journal).empty());
}

TEST_CASE("a flow without its date takes the one given", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  std::string xml = to_xml(file);
  xml.erase(xml.find("<DTREF>"), std::string("<DTREF>2022-02-28</DTREF>").size());
  CHECK(read(*journal, xml).refuses.at(0).code == Code::import_format);
  ImportOptions dated = options();
  dated.date_fichier = day("2022-02-15");
  const Rapport report = import_vrsb(*journal, *memory_bytes(xml), dated, lists());
  CHECK(report.clos);
  CHECK(report.date_reference == day("2022-02-15"));
}

TEST_CASE("a household beyond the limits ends the reading", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes.assign(600, person("ZOE", "2020-11-30", "ENF"));
  const Rapport report = read(*journal, file);
  CHECK_FALSE(report.clos);
  CHECK(report.refuses.at(0).code == Code::import_limit);
  CHECK(report.recus == 1);
  CHECK(report.refuses_total == 1);
}

TEST_CASE("a flow is read within the depth and the records that its caller gives", "[exchange][vrsb][limits]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  const std::string xml = to_xml(file);
  ImportOptions asked = options();
  asked.limits.depth = 3;
  const Rapport deep = import_vrsb(*journal, *memory_bytes(xml), asked, lists());
  CHECK_FALSE(deep.clos);
  CHECK(deep.refuses.at(0).code == Code::import_limit);
  file.foyers.push_back(file.foyers[0]);
  asked.limits = {.list_size = 1};
  const Rapport one = import_vrsb(*journal, *memory_bytes(to_xml(file)), asked, lists());
  CHECK_FALSE(one.clos);
  CHECK((one.recus == 1 && one.lus == 1));
  CHECK(one.refuses.at(0).place == "après InfosFoyerRSA[1]");
  CHECK(one.refuses.at(0).motif == "le fichier a plus de 1 enregistrements");
}

TEST_CASE("a flow cut anywhere is accounted for, and counts for nothing", "[exchange][vrsb]") {
  vrsb::File file;
  file.foyers.push_back(file.foyers[0]);
  file.foyers[1].matricule = "200000200000000";
  file.foyers[1].personnes = {person("BRUNO", "1988-01-02", "DEM", {}, "1")};
  const std::string xml = to_xml(file);
  const std::size_t whole = xml.rfind('>') + 1;
  const std::size_t second = xml.find("</InfosFoyerRSA>") + std::string("</InfosFoyerRSA>").size();
  for (std::size_t size = 0; size < whole; ++size) {
    const auto journal = store::open_memory();
    const std::string cut = xml.substr(0, size);
    const Rapport report = read(*journal, cut);
    CAPTURE(size);
    REQUIRE_FALSE(report.clos);
    REQUIRE(report.fautes >= 1);
    if (size > second + 20 && size < whole - 200) { // inside the second household
      REQUIRE(report.recus == 2);
      REQUIRE(report.lus == 1);
      REQUIRE(report.refuses.back().code == Code::import_truncated);
    }
    if (report.lus == 1)
      REQUIRE(value(*journal, of(*journal, "ALINE"), "2022-02-28", "identite.nom") == "-");
  }
}

TEST_CASE("a record in another encoding than its file ends the reading where it is", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers.push_back(file.foyers[0]);
  file.foyers[1].matricule = "200000200000000";
  file.foyers[1].commune = "\xC9TANG";
  const Rapport report = read(*journal, file);
  CHECK(report.recus == 2);
  CHECK(report.lus == 1);
  CHECK_FALSE(report.clos);
  CHECK(report.refuses.at(0).code == Code::import_encoding);
}

TEST_CASE("someone in two households of a file is read once, and it is said", "[exchange][vrsb]") {
  const auto journal = store::open_memory();
  vrsb::File file;
  file.foyers[0].personnes[0].nir = "2900577990123";
  file.foyers.push_back(file.foyers[0]);
  file.foyers[1].matricule = "200000200000000";
  const Rapport report = read(*journal, file);
  CHECK(report.dossiers_nouveaux == 1);
  CHECK(report.dossiers_rattaches == 1);
  CHECK(lines(report.avertissements) == Lines{"I005 InfosFoyerRSA[2]/Personne[1] Personne="});
  const std::size_t before = facts(*journal);
  read(*journal, file);
  CHECK(facts(*journal) == before);
}

// --- the published samples ---

TEST_CASE("the published samples are read as they are meant", "[exchange][vrsb]") {
  const std::string folder = std::string(SPIE_SHARED_DIR) + "/exchange/caf/";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: " << folder << " is not there");
    return;
  }
  const auto take = [&](Journal &journal, const std::string &name) {
    const auto bytes = file_bytes(folder + name);
    return import_vrsb(journal, *bytes, options(), lists());
  };
  const auto of_name = [](Journal &journal, std::string_view surname) {
    const auto found = journal.lookup("nom", surname);
    REQUIRE(found.size() == 1);
    return found.front();
  };
  SECTION("two households, three persons, a wrong total") {
    const auto journal = store::open_memory();
    const Rapport report = take(*journal, "RSABEM.xml");
    CHECK(report.clos);
    CHECK(report.recus == 2);
    CHECK(report.lus == 2);
    CHECK(report.date_reference == day("2022-02-28"));
    CHECK(report.dossiers_nouveaux == 3);
    CHECK(report.fautes == 0);
    REQUIRE(report.avertissements_total == 1);
    CHECK(report.avertissements[0].code == Code::import_total);
    const Sujet first = of_name(*journal, "TIFOUR"), second = of_name(*journal, "KELLER"),
                third = of_name(*journal, "BULLOCK");
    CHECK(value(*journal, first, "2022-02-28", "foyer.droit_rsa.etat") == "5");
    CHECK(value(*journal, first, "2021-11-30", "foyer.droit_rsa.motif_cloture") == "PCG");
    CHECK(value(*journal, first, "2022-02-28", "droits_devoirs.soumis") == "oui");
    CHECK(value(*journal, second, "2022-02-28", "droits_devoirs.soumis") == "non");
    CHECK(value(*journal, second, "2021-10-15", "revenu.001/2021-10.montant") == "1669");
    CHECK(value(*journal, third, "2022-02-28", "foyer.droit_rsa.etat") == "4");
    CHECK(value(*journal, third, "2022-02-28", "foyer.droit_rsa.motifs_suspension") == R"(["06"])");
    CHECK(journal->lookup("source", "caf.vrsb|CAF|521|205599000000000").size() == 1);
    const std::size_t before = facts(*journal);
    CHECK(take(*journal, "RSABEM.xml").evenements == 2);
    CHECK(facts(*journal) == before);
  }
  SECTION("an open right") {
    const auto journal = store::open_memory();
    const Rapport report = take(*journal, "RSABEM-ouvert.xml");
    CHECK(report.recus == 1);
    CHECK(report.fautes == 0);
    CHECK(report.avertissements_total == 0);
    REQUIRE(people(*journal).size() == 1);
    CHECK(value(*journal, people(*journal).front(), "2022-02-28", "foyer.droit_rsa.etat") == "2");
  }
  SECTION("a household without DonneesAdministratives keeps its persons") {
    const auto journal = store::open_memory();
    const Rapport report = take(*journal, "RSABEI_invalid.xml");
    CHECK(report.clos);
    CHECK(report.lus == 1);
    CHECK(lines(report.refuses) ==
          Lines{"I006 InfosFoyerRSA[1] DonneesAdministratives=", "I006 InfosFoyerRSA[1] ETATDOSRSA=",
                "I006 InfosFoyerRSA[1]/Personne[1] NIR=1…"}); // of a commune 000: it is none
    CHECK(report.dossiers_nouveaux == static_cast<std::int64_t>(people(*journal).size()));
    CHECK(report.dossiers_nouveaux >= 1);
  }
}

// --- size ---

namespace {

class Households final : public VisiteurVrsb {
public:
  void flux(const FluxVrsb &flux) override { reference = flux.reference; }
  void foyer(const FoyerVrsb &household) override {
    ++count;
    persons += household.personnes.size();
    last = household.matricule;
  }
  void totaux(const TotauxVrsb &totals) override { announced = totals.dossiers; }
  std::optional<feel::Date> reference;
  std::optional<std::int64_t> announced;
  std::size_t count = 0, persons = 0;
  std::string last;
};

} // namespace

TEST_CASE("a hundred thousand households are read in the memory of a few", "[exchange][vrsb][slow]") {
  const auto read = [](std::size_t size) {
    vrsb::Flow flow(size);
    Households seen;
    read_vrsb(flow, seen);
    CHECK(seen.count == size);
    CHECK(seen.persons == 3 * size);
    CHECK(seen.announced == static_cast<std::int64_t>(size));
    return seen;
  };
  read(1'000);
  const long before = testing::peak_kib();
  CHECK(read(100'000).last == "010000000000000");
  CHECK(testing::peak_kib() - before < 4'096); // of about half a gigabyte of text
}

TEST_CASE("a flow of many batches is imported whole", "[exchange][vrsb][slow]") {
  const auto journal = store::open_memory();
  vrsb::Flow flow(1'200);
  std::int64_t told = 0;
  ImportOptions some = options();
  some.progres = [&](std::int64_t received) { told = received; };
  const Rapport report = import_vrsb(*journal, flow, some, lists());
  CHECK(report.clos);
  CHECK(report.lus == 1'200);
  CHECK(report.fautes == 0);
  CHECK(report.avertissements_total == 0);
  CHECK(report.dossiers_nouveaux == 2'400);
  CHECK(report.doublons_proposes == 0);
  CHECK(told == 1'000);
  CHECK(journal->verify().intact);
  // More subjects than a journal holds decoded: what an import looks at stays.
  vrsb::Flow again(1'200);
  CHECK(import_vrsb(*journal, again, some, lists()).evenements == 2);
}
