// Socio-professional data, answer by answer. The files are invented (donnees/): no sample is public. Expected values
// are worked out by hand from their text.
#include "tests/dossier/events.hpp"

#include "exchange/dsp_elements.hpp"
#include "spie/exchange/dsp.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

std::string file(const std::string &name) {
  std::ifstream stream(std::string(SPIE_SOURCE_DIR) + "/tests/exchange/donnees/" + name, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string without(std::string xml, const std::string &part, const std::string &instead = {}) {
  const std::size_t at = xml.find(part);
  REQUIRE(at != std::string::npos);
  return xml.replace(at, part.size(), instead);
}

Rapport read(Journal &journal, const std::string &xml, std::optional<feel::Date> date = {}) {
  static const Nomenclatures lists = Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  ImportOptions options;
  options.auteur = "test";
  options.enregistre = instant("2022-07-01T12:00:00Z");
  options.date_fichier = date;
  const auto bytes = memory_bytes(xml);
  Rapport report = import_dsp(journal, *bytes, options, lists);
  CHECK(report.recus == report.lus + report.refuses_total);
  return report;
}

std::vector<std::string> lines(const std::vector<Refus> &faults) {
  std::vector<std::string> result;
  for (const Refus &fault : faults)
    result.push_back(std::string(text(fault.code)) + " " + fault.champ + "=" + fault.valeur);
  return result;
}
using Lines = std::vector<std::string>;

Sujet of(Journal &journal, std::string_view first_name) {
  for (const Sujet &subject : journal.subjects(Genre::personne, "", 100))
    for (const Evenement &event : journal.about(subject))
      if (event.type == "identite" && event.contenu.find("prenom")->text() == first_name)
        return subject;
  FAIL("nobody is called " << first_name);
  return {};
}

// What was answered to the question, as a context; "-" for nothing.
std::string answer(Journal &journal, const Sujet &subject, std::string_view question, std::string_view date) {
  const feel::Context values = valeurs(situation(journal, subject, day(date)));
  const feel::Value *all = values.find("reponse_diagnostic");
  const feel::Value *one = all == nullptr ? nullptr : all->context().find("dsp." + std::string(question));
  return one == nullptr ? "-" : one->to_string();
}

std::size_t facts(Journal &journal) {
  std::size_t count = 0;
  journal.each(1, everything, [&](const Evenement &event) {
    count += event.type != "import" && event.type != "observation" ? 1U : 0U;
  });
  return count;
}

} // namespace

TEST_CASE("the fifty-one elements differ, and each has its block", "[exchange][dsp]") {
  std::set<std::string_view> names;
  for (const dsp::Question &question : dsp::questions) {
    names.insert(question.element);
    CHECK(dsp::question_of(question.bloc, question.element) == &question);
    CHECK(dsp::question_of("Personne", question.element) == nullptr);
  }
  CHECK(names.size() == 53);
}

TEST_CASE("each answer keeps its field, and what was not answered is nothing", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, file("vird0201.xml"));
  CHECK(report.clos);
  CHECK(report.recus == 1);
  CHECK(report.fautes == 0);
  CHECK(report.date_reference == day("2022-05-10"));
  const Sujet aline = of(*journal, "ALINE");
  const auto at = [&](std::string_view question, std::string_view date = "2022-05-10") {
    return answer(*journal, aline, question, date);
  };
  CHECK(at("SITPERSDEMRSA") == R"({question: "dsp.SITPERSDEMRSA", valeurs: ["0108"]})");
  CHECK(at("SITPERSDEMRSA", "2022-05-09") == "-");
  CHECK(at("TOPISOGROOUENF") == R"({question: "dsp.TOPISOGROOUENF", reponse: "oui", valeurs: ["1"]})");
  CHECK(at("TOPDRORSARMIANT") == R"({question: "dsp.TOPDRORSARMIANT", reponse: "non", valeurs: ["0"]})");
  CHECK(at("DRORSARMIANTA-2") == R"({question: "dsp.DRORSARMIANTA-2", reponse: "ne_sait_pas", valeurs: ["S"]})");
  CHECK(at("ACCOSOCFAM") == R"({question: "dsp.ACCOSOCFAM", reponse: "refuse", valeurs: ["V"]})");
  CHECK(at("ACCOSOCINDI") == R"({question: "dsp.ACCOSOCINDI", reponse: "oui", valeurs: ["O"]})");
  CHECK(at("SOUTDEMARSOC") == R"({question: "dsp.SOUTDEMARSOC", reponse: "non", valeurs: ["N"]})");
  CHECK(at("LIBCOORACCOSOCINDI") == R"({question: "dsp.LIBCOORACCOSOCINDI", texte: "MDS de l'Exemple"})");
  CHECK(at("DIFSOC") == R"({question: "dsp.DIFSOC", valeurs: ["0402", "0406", "0407"]})");
  CHECK(at("LIBAUTRDIFSOC") == R"({question: "dsp.LIBAUTRDIFSOC", texte: "papiers perdus"})");
  CHECK(at("DURACTDOMI") == R"({question: "dsp.DURACTDOMI", valeurs: ["2104"]})");
  CHECK(at("TOPCOUVSOC") == "-"); // empty
  CHECK(at("HISPRO") == "-");     // absent
  CHECK(at("SITPERSSOCPRO") == R"({question: "dsp.SITPERSSOCPRO", valeurs: ["EF"]})");
  CHECK(at("DTENRSOCPRO") == R"({question: "dsp.DTENRSOCPRO", texte: "2022-04-28"})");
  // One publisher alone knows 0507: read, and marked.
  CHECK(at("DIFDISP") == R"({question: "dsp.DIFDISP", valeurs: ["0502", "0507"], valeurs_contestees: ["0507"]})");
  CHECK(lines(report.avertissements) == Lines{"I007 DIFDISP=0507"});
  const Situation found = situation(*journal, aline, day("2022-05-10"));
  CHECK(found.find("niveau_formation.diplome")->dire.valeur.to_string() == "2604");
  CHECK(found.find("niveau_formation.annee_diplome")->dire.valeur.to_string() == "2009");
  CHECK(found.find("identite.nom_naissance")->dire.valeur.to_string() == "MODELE");
  // The place says where Personne was found.
  bool placed = false;
  for (const Evenement &event : journal->about(aline))
    placed = placed || event.source.place == "InfoDemandeRSA[1]/IdentificationRSA/Personne[1]";
  CHECK(placed);
}

TEST_CASE("the other parent of a person is read too; nationality, permits and accounts are not", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, file("virs0901.xml"));
  CHECK(report.clos);
  CHECK(report.fautes == 0);
  CHECK(report.avertissements_total == 0);
  CHECK(report.dossiers_nouveaux == 2); // not the child
  CHECK(answer(*journal, of(*journal, "BRUNO"), "SITPERSSOCPRO", "2022-06-10") ==
        R"({question: "dsp.SITPERSSOCPRO", reponse: "refuse", valeurs: ["RE"]})");
  CHECK(answer(*journal, of(*journal, "CELESTE"), "LIBEMPLOIRECH", "2022-06-10") ==
        R"({question: "dsp.LIBEMPLOIRECH", texte: "vendeuse"})");
  std::string all;
  journal->each(1, everything, [&](const Evenement &event) { all += write_json(to_value(event)); });
  for (const char *hidden : {"9999999999", "CRA", "ZOE"})
    CHECK(all.find(hidden) == std::string::npos);
}

TEST_CASE("the same answers again add no fact, a new one ends the former", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  const std::string may = file("vird0201.xml");
  read(*journal, may);
  const std::size_t before = facts(*journal);
  CHECK(read(*journal, may).deja_lu);
  CHECK(facts(*journal) == before);
  std::string june = without(may, "2022-05-10", "2022-06-10");
  june = without(june, "<SITPERSDEMRSA>0108</SITPERSDEMRSA>"); // not answered this time: nothing
  // The same codes in another order are the same answer; another one is another.
  june = without(june, "<DIFSOC>0406</DIFSOC>", "<DIFSOC>0402</DIFSOC>");
  june = without(june, "<DetailDifficulteSituationSociale><DIFSOC>0402</DIFSOC></DetailDifficulteSituationSociale>\n",
                 "<DetailDifficulteSituationSociale><DIFSOC>0406</DIFSOC></DetailDifficulteSituationSociale>\n");
  june = without(june, "<NATMOB>2501</NATMOB>", "<NATMOB>2504</NATMOB>");
  read(*journal, june);
  CHECK(facts(*journal) == before + 1);
  const Sujet aline = of(*journal, "ALINE");
  CHECK(answer(*journal, aline, "NATMOB", "2022-06-09") == R"({question: "dsp.NATMOB", valeurs: ["2501"]})");
  CHECK(answer(*journal, aline, "NATMOB", "2022-06-10") == R"({question: "dsp.NATMOB", valeurs: ["2504"]})");
  CHECK(answer(*journal, aline, "SITPERSDEMRSA", "2022-06-10") != "-");
}

TEST_CASE("a collection without its date takes the one given", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  const std::string xml = without(file("vird0201.xml"), "<DTCREAFLUX>2022-05-10</DTCREAFLUX>");
  const Rapport refused = read(*journal, xml);
  CHECK_FALSE(refused.clos);
  CHECK(refused.refuses.at(0).code == Code::import_format);
  CHECK(read(*journal, xml, day("2022-05-12")).date_reference == day("2022-05-12"));
}

TEST_CASE("what is not known, twice there or wrong is said", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  std::string xml = file("vird0201.xml");
  xml = without(xml, "<NIVETU>1203</NIVETU>", "<NIVETU>1203</NIVETU><NIVETU>1204</NIVETU><DIFSOC>0401</DIFSOC>");
  xml = without(xml, "<GeneraliteDSPP>", "<GeneraliteDSPP><NOUVEAU>1</NOUVEAU>");
  xml = without(xml, "<ANNOBTNIVDIPMAX>2009<", "<ANNOBTNIVDIPMAX>vers 2009<");
  xml = without(xml, "<NATLOG>0912<", "<NATLOG>0999<");
  xml = without(xml, "1990-05-04", "1990-02-30");
  xml = without(xml, "290057799012343", "290057799012344");
  xml = without(xml, "00000001<", "00000002<");
  const Rapport report = read(*journal, xml);
  CHECK(report.clos);
  CHECK(lines(report.refuses) ==
        Lines{"I006 DTNAI=1990-02-30", "I006 NIR=2…", "I006 NIVETU=1204", "I006 ANNOBTNIVDIPMAX=vers 2009"});
  CHECK(lines(report.avertissements) == Lines{"I007 DIFDISP=0507", "I007 NATLOG=0999", "I002 DIFSOC=1",
                                              "I002 NOUVEAU=1", "I008 NBTOTDEMRSATRANSM=00000002"});
  CHECK(answer(*journal, of(*journal, "ALINE"), "NATLOG", "2022-05-10") ==
        R"({question: "dsp.NATLOG", valeurs: ["0999"]})");
}

TEST_CASE("a request without its key, a person without a name", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  Rapport report = read(*journal, without(file("vird0201.xml"), "<NUMORG>771</NUMORG>"));
  CHECK(report.refuses_total == 1);
  CHECK(lines(report.refuses) == Lines{"I005 Organisme=CAF  1…"});
  report = read(*journal, without(file("vird0201.xml"), "<PRENOM>ALINE</PRENOM>"));
  CHECK(report.refuses_total == 0);
  CHECK(lines(report.refuses) == Lines{"I005 PRENOM="});
}

TEST_CASE("a flow of beneficiaries is refused by its name", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, "<Racine><InfosFoyerRSA/></Racine>");
  CHECK(report.refuses.at(0).remede == "le lire sous le format « vrsb »");
  CHECK(read(*journal, "<DSP/>").refuses.at(0).code == Code::import_format);
}

TEST_CASE("a collection cut anywhere is accounted for, and counts for nothing", "[exchange][dsp]") {
  const std::string xml = file("vird0201.xml");
  const std::size_t whole = xml.rfind('>') + 1;
  for (std::size_t size = 0; size < whole; ++size) {
    const auto journal = store::open_memory();
    const Rapport report = read(*journal, xml.substr(0, size));
    CAPTURE(size);
    REQUIRE_FALSE(report.clos);
    REQUIRE(report.fautes >= 1);
    REQUIRE(report.recus <= 1);
  }
}

TEST_CASE("answers find the dossier that another flow made, by the NIR", "[exchange][dsp]") {
  const auto journal = store::open_memory();
  Evenement model;
  model.auteur = "test";
  model.source.nom = "caf.vrsb";
  model.effet.debut = day("2022-02-28");
  Releve known;
  known.source = "caf.vrsb";
  known.cle = "CAF|771|100000100000000|ALINE";
  known.nom = "EXEMPLE";
  known.prenom = "ALINE";
  known.naissance = day("1990-05-04");
  known.sexe = "2";
  known.nir = "2900577990123";
  Rattachement made = rattacher(*journal, known, model);
  journal->append(made.evenements, instant("2022-03-05T12:00:00Z"));
  const Rapport report = read(*journal, file("vird0201.xml"));
  CHECK(report.dossiers_nouveaux == 0);
  CHECK(report.dossiers_rattaches == 1);
  CHECK(answer(*journal, made.dossier, "NATMOB", "2022-05-10") != "-");
}
