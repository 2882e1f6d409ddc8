#include "tests/dossier/events.hpp"

#include "spie/dossier/faits.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

constexpr std::string_view manifest = R"({"id": "essai", "version": "1.0.0", "titre": "Essai", "autorite": "test",
  "periode": {"debut": "2022-01-01", "fin": null}, "modeles": ["m.dmn"]})";

std::string input(std::string_view name, std::string_view type) {
  const std::string n(name);
  return "<inputData id=\"i_" + n + "\" name=\"" + n + "\"><variable name=\"" + n + "\" typeRef=\"" +
         std::string(type) + "\"/></inputData>";
}

// A decision that reads all of the inputs, and gives the first.
std::shared_ptr<const Pack> pack_of(const std::vector<std::pair<std::string, std::string>> &inputs,
                                    std::string_view map, const std::shared_ptr<const Pack> &base = nullptr) {
  std::string model = R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
    <itemDefinition name="t_textes" isCollection="true"><typeRef>string</typeRef></itemDefinition>
    <itemDefinition name="t_dates" isCollection="true"><typeRef>date</typeRef></itemDefinition>
    <itemDefinition name="t_oui_non"><typeRef>string</typeRef><allowedValues><text>"oui", "non"</text></allowedValues></itemDefinition>
    <itemDefinition name="t_frein"><itemComponent name="code"><typeRef>string</typeRef></itemComponent>
      <itemComponent name="reponse"><typeRef>string</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="t_freins" isCollection="true"><typeRef>t_frein</typeRef></itemDefinition>
    <itemDefinition name="t_personne"><itemComponent name="rsa"><typeRef>string</typeRef></itemComponent>
      <itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>)";
  std::string required, all;
  for (const auto &[name, type] : inputs) {
    model += input(name, type);
    required += "<informationRequirement><requiredInput href=\"#i_" + name + "\"/></informationRequirement>";
    all += (all.empty() ? "[" : ", ") + name;
  }
  model += "<decision name=\"d\"><variable name=\"d\"/>" + required + "<literalExpression><text>" + all +
           "][1]</text></literalExpression></decision></definitions>";
  Pack::Files files{{"pack.json", std::string(manifest)}, {"m.dmn", model}};
  if (base != nullptr)
    files[0].second = R"({"id": "enfant", "version": "1.0.0", "titre": "E", "autorite": "t", "periode":
      {"debut": "2022-01-01", "fin": null}, "extends": {"id": "essai", "version": ">=1"}, "modeles": []})";
  if (base != nullptr)
    files.erase(files.begin() + 1);
  if (!map.empty())
    files.emplace_back("donnees/faits.json", std::string(map));
  return Pack::from_files(files, base == nullptr ? std::vector<std::shared_ptr<const Pack>>()
                                                 : std::vector<std::shared_ptr<const Pack>>{base});
}

std::string map_of(std::string_view name, std::string_view rule) {
  return R"({"faits": {")" + std::string(name) + "\": " + std::string(rule) + "}}";
}

// One rule on one dossier, as JSON; "-" for what it leaves out.
std::string read(Journal &journal, std::string_view on, std::string_view type, std::string_view rule) {
  const auto pack = pack_of({{"x", std::string(type)}}, map_of("x", rule));
  CHECK(verifier_faits(*pack).empty());
  const auto facts = faits_du_dossier(*pack, situation(journal, subject("personne:aline"), day(on)));
  const feel::Value *found = facts.faits.find("x");
  return found == nullptr ? "-" : write_json(*found);
}

std::string first_finding(std::string_view type, std::string_view rule) {
  const auto pack = pack_of({{"x", std::string(type)}}, map_of("x", rule));
  const auto findings = verifier_faits(*pack);
  return findings.empty() ? "" : std::string(text(findings.front().code)) + " " + findings.front().where;
}

std::unique_ptr<Journal> scene() {
  auto journal = store::open_memory();
  const std::string a = "personne:aline";
  record(*journal, "2022-01-05",
         {{a, "identite", R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "2000-03-05"}})",
           "2022-01-01"},
          {a, "statut", R"({"code": "brsa", "reponse": "oui"})", "2021-11-01"},
          {a, "statut", R"({"code": "qpv", "reponse": "refuse"})", "2021-11-01"},
          {a, "adresse", R"({"code_commune": "77288"})", "2021-01-01"},
          {a, "adresse", R"({"code_commune": "93008"})", "2022-02-01"},
          {a, "frein", R"({"code": "mobilite", "reponse": "oui"})", "2022-01-02"},
          {a, "frein", R"({"code": "sante", "reponse": "refuse"})", "2022-01-02"},
          {a, "entree", R"({})", "2022-01-03"},
          {a, "action", R"({"id": "1", "etape": "prescrite", "theme": "mobilite"})", "2022-01-10"},
          {a, "action", R"({"id": "1", "etape": "demarree"})", "2022-02-10"},
          {a, "action", R"({"id": "2", "etape": "proposee", "theme": "sante"})", "2022-01-15"},
          {a, "action", R"({"id": "2", "etape": "prescrite"})", "2022-01-20"},
          {a, "action", R"({"id": "3", "etape": "proposee"})", "2022-03-01"},
          {a, "referent", R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"})",
           "2022-01-03", "caf.vrsb"},
          {a, "referent", R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p2"})",
           "2022-01-20", "carnet"}});
  return journal;
}

} // namespace

TEST_CASE("a path gives its value, its day or an age, and nothing where the dossier says nothing", "[dossier][faits]") {
  const auto journal = scene();
  CHECK(read(*journal, "2022-03-01", "string", R"({"chemin": "statut.brsa.reponse", "null": "-"})") == R"("oui")");
  CHECK(read(*journal, "2021-10-31", "string", R"({"chemin": "statut.brsa.reponse", "null": "-"})") == "-");
  CHECK(read(*journal, "2022-03-01", "string", R"({"chemin": "statut.qpv.reponse", "null": "-"})") == R"("refuse")");
  // What is no yes or no stays unknown where the pack takes those alone.
  CHECK(read(*journal, "2022-03-01", "t_oui_non",
             R"({"chemin": "statut.qpv.reponse", "codes": {"oui": "oui", "non": "non"}, "null": "-"})") == "-");
  CHECK(read(*journal, "2022-01-15", "string",
             R"({"chemin": "adresse.code_commune", "codes": {"77*": "oui", "*": "non"}, "null": "-"})") == R"("oui")");
  CHECK(read(*journal, "2022-02-15", "string",
             R"({"chemin": "adresse.code_commune", "codes": {"77*": "oui", "*": "non"}, "null": "-"})") == R"("non")");
  CHECK(read(*journal, "2022-03-04", "number", R"({"age": "identite.date_naissance", "null": "-"})") == "21");
  CHECK(read(*journal, "2022-03-05", "number", R"({"age": "identite.date_naissance", "null": "-"})") == "22");
  CHECK(read(*journal, "2022-03-05", "date", R"({"jour": true})") == R"({"@date":"2022-03-05"})");
  CHECK(read(*journal, "2022-03-05", "date", R"({"depuis": "statut.brsa.reponse", "si": ["oui"], "null": "-"})") ==
        R"({"@date":"2021-11-01"})");
  CHECK(read(*journal, "2022-03-05", "date", R"({"depuis": "statut.brsa.reponse", "si": ["non"], "null": "-"})") ==
        "-");
  // An event that holds no field has its day all the same.
  CHECK(read(*journal, "2022-03-05", "date", R"({"depuis": "entree", "null": "-"})") == R"({"@date":"2022-01-03"})");
  CHECK(read(*journal, "2022-01-02", "date", R"({"depuis": "entree", "null": "-"})") == "-");
}

TEST_CASE("the things of a type make lists, counts and extremes of dates", "[dossier][faits]") {
  const auto journal = scene();
  const std::string_view d = "2022-03-05";
  CHECK(read(*journal, d, "t_freins",
             R"({"liste": "frein", "champs": {"code": "code", "reponse": "reponse"}, "null": "-"})") ==
        R"([{"code":"mobilite","reponse":"oui"},{"code":"sante","reponse":"refuse"}])");
  CHECK(read(*journal, d, "t_dates", R"({"liste": "action", "valeur": "@etape:prescrite", "null": "-"})") ==
        R"([{"@date":"2022-01-10"},{"@date":"2022-01-20"}])");
  CHECK(read(*journal, d, "number",
             R"({"compte": "action", "si": {"etape": ["proposee", "prescrite"]}, "null": "-"})") == "2");
  CHECK(read(*journal, d, "number", R"({"compte": "action", "si": {"etape": {"sauf": ["proposee"]}}, "null": "-"})") ==
        "2");
  CHECK(read(*journal, d, "date", R"({"premier": "action", "si": {"etape": "prescrite"}, "null": "-"})") ==
        R"({"@date":"2022-01-20"})");
  CHECK(read(*journal, d, "string", R"({"dernier": "action", "valeur": "@cle", "null": "-"})") == R"("3")");
  CHECK(
      read(
          *journal, d, "date",
          R"({"plus_recent": [{"depuis": "entree"}, {"dernier": "action", "si": {"etape": "demarree"}}], "null": "-"})") ==
      R"({"@date":"2022-02-10"})");
}

TEST_CASE("a thing that may be meant leaves the answer unknown, and nothing at all is what the map says",
          "[dossier][faits]") {
  const auto journal = scene();
  const std::string_view d = "2022-03-05";
  // Action 3 has no theme: it may be of health.
  CHECK(read(*journal, d, "number", R"({"compte": "action", "si": {"theme": "sante"}, "null": "-"})") == "-");
  CHECK(read(*journal, d, "boolean", R"({"existe": "action", "si": {"theme": "sante"}, "null": "-"})") == "true");
  CHECK(read(*journal, d, "boolean", R"({"existe": "action", "si": {"theme": "logement"}, "null": "-"})") == "-");
  CHECK(read(*journal, d, "boolean",
             R"({"existe": "action", "si": {"theme": "logement", "etape": "demarree"}, "null": "-"})") == "false");
  CHECK(read(*journal, d, "boolean", R"({"existe": "immersion", "null": "-"})") == "-");
  CHECK(read(*journal, d, "boolean", R"({"existe": "immersion", "vide": "aucun", "null": "-"})") == "false");
  CHECK(read(*journal, d, "t_textes", R"({"liste": "immersion", "valeur": "@cle", "vide": "aucun", "null": "-"})") ==
        "[]");
}

TEST_CASE("namings stay in force until their end is said, or the same source names another", "[dossier][faits]") {
  const auto journal = scene();
  const std::string_view rule =
      R"({"liste": "referent", "en_vigueur": true, "valeur": "professionnel", "vide": "aucun", "null": "-"})";
  const auto at = [&](std::string_view on) { return read(*journal, on, "t_textes", rule); };
  CHECK(at("2022-01-02") == "[]");
  CHECK(at("2022-01-19") == R"(["professionnel:p1"])");
  CHECK(at("2022-01-20") == R"(["professionnel:p1","professionnel:p2"])"); // two sources, two référents
  record(*journal, "2022-03-01",
         {{"personne:aline", "referent",
           R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p3"})", "2022-02-01",
           "carnet"},
          {"personne:aline", "referent",
           R"({"role": "referent_unique", "etape": "termine", "professionnel": "professionnel:p1"})", "2022-02-10"}});
  CHECK(at("2022-02-01") == R"(["professionnel:p1","professionnel:p3"])");
  CHECK(at("2022-02-10") == R"(["professionnel:p3"])"); // ended by whatever source
}

TEST_CASE("addresses are kept in their order", "[dossier][faits]") {
  const auto journal = scene();
  const std::string_view rule =
      R"({"liste": "adresse", "passes": true, "valeur": "code_commune", "vide": "aucun", "null": "-"})";
  CHECK(read(*journal, "2022-03-05", "t_textes", rule) == R"(["77288","93008"])");
  CHECK(read(*journal, "2022-01-05", "t_textes", rule) == R"(["77288"])");
}

TEST_CASE("a fact of somebody whom a thing names is read where a neighbour can be", "[dossier][faits]") {
  const auto journal = scene();
  record(*journal, "2022-03-01",
         {{"professionnel:p2", "depart", R"({"date": {"@date": "2022-02-20"}})", "2022-02-20"}});
  const auto pack = pack_of(
      {{"x", "t_dates"}},
      map_of("x", R"({"liste": "referent", "en_vigueur": true, "valeur": "professionnel>depart.date", "null": "-"})"));
  CHECK(verifier_faits(*pack).empty());
  const LecteurFaits reader(*pack, "d");
  const auto here = situation(*journal, subject("personne:aline"), day("2022-03-05"));
  const auto there = situation(*journal, subject("professionnel:p2"), day("2022-03-05"));
  CHECK(write_json(*reader.faits(here).find("x")) == "[]"); // nobody to ask
  CHECK(write_json(
            *reader.faits(here, [&](const Sujet &who) { return who == there.sujet ? &there : nullptr; }).find("x")) ==
        R"([{"@date":"2022-02-20"}])");
}

TEST_CASE("origins name the paths of every fact, whatever the dossier holds", "[dossier][faits]") {
  const auto journal = scene();
  const auto pack = pack_of({{"p", "t_personne"}, {"f", "t_freins"}, {"j", "date"}, {"h", "number"}}, R"({"faits": {
    "p": {"contexte": {"rsa": {"chemin": "statut.brsa.reponse"}, "age": {"age": "identite.date_naissance"}}, "null": "-"},
    "f": {"liste": "frein", "champs": {"code": "code", "reponse": "reponse"}, "null": "-"},
    "j": {"jour": true}, "h": {"hors_dossier": "personne ne le dit"}}})");
  const auto made = faits_du_dossier(*pack, situation(*journal, subject("personne:aline"), day("2022-03-05")), "d");
  CHECK(write_json(to_value(made.origines)) ==
        R"({"p.rsa":["statut.brsa.reponse"],"p.age":["identite.date_naissance"],)"
        R"("f":["frein.code","frein.reponse"],"j":[],"h":[]})");
  CHECK(write_json(*made.faits.find("p")) == R"({"rsa":"oui","age":22})");
  CHECK(LecteurFaits(*pack, "d").hors_dossier() == std::vector<std::string>{"h"});
  record(*journal, "2022-03-02", {{"personne:driss", "contact", "{}", "2022-03-01"}});
  const auto empty = faits_du_dossier(*pack, situation(*journal, subject("personne:driss"), day("2022-03-05")), "d");
  CHECK(write_json(to_value(empty.origines)) == write_json(to_value(made.origines)));
  CHECK(empty.faits.size() == 1); // the day
}

TEST_CASE("what the caller gives stands before what the dossier says", "[dossier][faits]") {
  const auto journal = scene();
  const auto pack =
      pack_of({{"p", "t_personne"}}, map_of("p", R"({"contexte": {"rsa": {"chemin": "statut.brsa.reponse"},
    "age": {"age": "identite.date_naissance"}}, "null": "-"})"));
  const auto here = situation(*journal, subject("personne:aline"), day("2022-03-05"));
  const Decision made = decider(*pack, here, "d", feel::Context{{"p", feel::Context{{"rsa", "non"}}}});
  CHECK(write_json(made.resultat.value) == R"({"rsa":"non","age":22})");
  CHECK(made.resultat.as_of == day("2022-03-05"));
}

TEST_CASE("a child's map replaces its parent's entry by entry", "[dossier][faits]") {
  const auto base = pack_of({{"x", "string"}, {"y", "string"}}, R"({"faits": {
    "x": {"chemin": "statut.brsa.reponse", "null": "-"}, "y": {"chemin": "statut.aah.reponse", "null": "-"}}})");
  const auto journal = scene();
  const auto here = situation(*journal, subject("personne:aline"), day("2022-03-05"));
  const auto child =
      pack_of({}, R"({"etend": true, "faits": {"x": {"chemin": "statut.qpv.reponse", "null": "-"}}})", base);
  CHECK(verifier_faits(*child).empty());
  CHECK(write_json(faits_du_dossier(*child, here).faits) == R"({"x":"refuse"})");
  CHECK(write_json(to_value(faits_du_dossier(*child, here).origines)) ==
        R"({"x":["statut.qpv.reponse"],"y":["statut.aah.reponse"]})");
  // Without a word of it, a document of the child takes the place of its parent's.
  const auto whole = pack_of({}, R"({"faits": {"x": {"chemin": "statut.qpv.reponse", "null": "-"}}})", base);
  REQUIRE(verifier_faits(*whole).size() == 1);
  CHECK(verifier_faits(*whole).front().where == "donnees/faits.json#/faits/y");
  CHECK(verifier_faits(*whole).front().level == Level::warning);
}

TEST_CASE("a map that no dossier can answer is told, with its place", "[dossier][faits]") {
  const std::string x = "donnees/faits.json#/faits/x";
  CHECK(first_finding("string", R"({"chemin": "statuts.brsa.reponse", "null": "-"})") == "P015 " + x + "/chemin");
  CHECK(first_finding("string", R"({"chemin": "statut.reponse", "null": "-"})") == "P015 " + x + "/chemin");
  CHECK(first_finding("string", R"({"chemin": "statut.brsa.vraiment", "null": "-"})") == "P015 " + x + "/chemin");
  CHECK(first_finding("string", R"({"chemin": "droit_rsa.etat", "null": "-"})") == "P015 " + x + "/chemin");
  CHECK(first_finding("number", R"({"chemin": "statut.brsa.reponse", "null": "-"})") == "P016 " + x);
  CHECK(first_finding("t_oui_non", R"({"chemin": "statut.brsa.reponse", "null": "-"})") == "P016 " + x);
  CHECK(first_finding("t_oui_non", R"({"chemin": "statut.brsa.reponse", "codes": {"oui": "yes"}, "null": "-"})") ==
        "P016 " + x);
  CHECK(first_finding("t_freins", R"({"liste": "frein", "champs": {"codes": "code"}, "null": "-"})") ==
        "P015 " + x + "/champs/codes");
  CHECK(first_finding("t_freins", R"({"liste": "frein", "champs": {"code": "coed"}, "null": "-"})") ==
        "P015 " + x + "/champs/code");
  CHECK(first_finding("date", R"({"dernier": "action", "valeur": "@etape:faite", "null": "-"})") ==
        "P015 " + x + "/valeur");
  CHECK(first_finding("string", R"({"chemain": "statut.brsa.reponse", "null": "-"})") == "P002 " + x);
  CHECK(first_finding("string", R"({"chemin": "statut.brsa.reponse"})") == "P002 " + x);
  const auto stray =
      pack_of({{"x", "string"}}, R"({"faits": {"x": {"hors_dossier": "-"}, "z": {"hors_dossier": "-"}}})");
  REQUIRE(verifier_faits(*stray).size() == 1);
  CHECK(verifier_faits(*stray).front().where == "donnees/faits.json#/faits/z");
  CHECK(verifier_faits(*pack_of({{"x", "string"}}, "")).empty()); // a pack without a map says nothing of dossiers
}

TEST_CASE("entry and admission are decided on a dossier", "[dossier][faits][packs]") {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  CHECK(verifier_faits(*pack).empty());
  const auto journal = store::open_memory();
  const std::string a = "personne:aline", d = "2022-03-01";
  record(*journal, d,
         {{a, "statut", R"({"code": "brsa", "reponse": "oui"})", d},
          {a, "adresse", R"({"code_commune": "77288"})", d},
          {a, "frein", R"({"code": "mobilite", "reponse": "oui"})", d}});
  const auto decide = [&](std::string_view decision) {
    const Decision made = decider(*pack, situation(*journal, subject(a), day("2022-06-01")), decision);
    return std::pair(made.resultat.status, write_json(made.resultat.value));
  };
  // A social barrier alone: of the professional ones nobody spoke.
  CHECK(decide("admission").first == dmn::Status::indetermine);
  record(*journal, "2022-04-01", {{a, "frein", R"({"code": "formation", "reponse": "oui"})", d}});
  CHECK(decide("admission") == std::pair(dmn::Status::determine, std::string("true")));
  CHECK(decide("prioritaire") == std::pair(dmn::Status::determine, std::string("true")));
  CHECK(decide("conclusion") == std::pair(dmn::Status::determine, std::string(R"("admis_prioritaire")")));
  // She moves out of the département.
  record(*journal, "2022-05-01", {{a, "adresse", R"({"code_commune": "93008"})", "2022-05-01"}});
  CHECK(decide("conclusion") == std::pair(dmn::Status::determine, std::string(R"("non_admis_territoire")")));
  // In Melun, with a diagnosis posed as complete and no professional barrier: what nobody spoke of is none.
  record(*journal, "2022-05-02",
         {{a, "adresse", R"({"code_commune": "77288"})", "2022-05-02"},
          {a, "frein", R"({"code": "formation", "reponse": "ne_sait_pas"})", "2022-05-02"}});
  CHECK(decide("conclusion").first == dmn::Status::indetermine);
  record(*journal, "2022-05-03",
         {{a, "diagnostic", R"({"id": "d1", "etape": "pose", "complet": true})", "2022-05-03"},
          {a, "frein", R"({"code": "formation", "reponse": "non"})", "2022-05-03"}});
  CHECK(decide("conclusion") == std::pair(dmn::Status::determine, std::string(R"("non_admis_freins")")));
}
