// Any CSV, by a plan: the example is the one of docs/imports.md.
#include "tests/exchange/fichiers.hpp"

#include "exchange/csv_valeurs.hpp"
#include "spie/exchange/csv_plan.hpp"
#include "spie/exchange/france_travail.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

// The first block of that language under the heading of the page.
std::string block(std::string_view language) {
  const std::string page = bytes_of(std::string(SPIE_SOURCE_DIR) + "/docs/imports.md");
  const std::string fence = "```" + std::string(language) + "\n";
  const std::size_t start = page.find(fence, page.find("## CSV décrit par un plan"));
  REQUIRE(start != std::string::npos);
  const std::size_t from = start + fence.size();
  return page.substr(from, page.find("```", from) - from);
}

Rapport read(Journal &journal, const PlanCsv &plan, std::string_view bytes, std::string_view date = "2022-06-01") {
  return import_csv(journal, *memory_bytes(bytes), plan, as_of(date));
}

// "I010 at /faits/0/type: …" of each fault.
std::vector<std::string> faults(const std::string &json) {
  std::vector<std::string> result;
  try {
    read_plan_csv(json);
  } catch (const Error &error) {
    for (const Diagnostic &fault : error.diagnostics())
      result.push_back(std::string(text(fault.code)) + " " + fault.where + ": " + fault.message);
  }
  return result;
}

std::string plan_with(const std::string &facts, const std::string &more = "") {
  return R"({"source": "essai", "cle": "Id", "identite": {"nom": "Nom", "prenom": "Prénom", "date_naissance": "Né"}, )" +
         more + R"("faits": [)" + facts + "]}";
}

} // namespace

TEST_CASE("the example of the page reads as it says", "[exchange][plan]") {
  const PlanCsv plan = read_plan_csv(block("json"));
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, plan, block("csv"));
  CHECK(report.clos);
  CHECK(report.format == "csv");
  CHECK(report.lus == 2);
  CHECK(accounted(report));
  CHECK(told(report.refuses) ==
        std::vector<std::string>{"I007 ligne 3 Sexe [X] la liste « sexe » n'a pas cette valeur",
                                 "I007 ligne 3 RQTH [peut-être] la liste « oui_non » n'a pas cette valeur"});
  const auto persons = journal->lookup("nom", "EXEMPLEPEUPLIER");
  REQUIRE(persons.size() == 1);
  const Situation basile = situation(*journal, persons.front(), day("2022-06-01"));
  CHECK(fact(basile, "identite.date_naissance") == "1997-04-02 (ateliers_mobilite, source_unique)");
  CHECK(value(basile, "identite.sexe") == "1");
  CHECK(value(basile, "statut.rqth.reponse") == "oui");
  CHECK(basile.find("statut.rqth.reponse")->dire.effet.debut == day("2021-03-01"));
  CHECK(value(basile, "frein.mobilite.reponse") == "refuse");
  CHECK(value(basile, "contact.telephones") == R"(["0639980001", "0639980002", "0199001122"])");
  CHECK(value(basile, "revenu.salaire/2022-05.montant") == "1234.5");
  CHECK(read(*journal, plan, block("csv")).evenements == 2);
}

TEST_CASE("a plan is checked before a line is read, each fault at its place", "[exchange][plan]") {
  CHECK(faults("[]") == std::vector<std::string>{"I010 : the plan is no object"});
  CHECK(faults("{").front().starts_with("J001"));
  CHECK(faults("{}").size() == 2); // its source and its facts: it may be of the person who is given with the file
  CHECK(faults(plan_with(R"({"type": "statut", "champs": {"code": {"valeur": "rqth"}, "reponse": "RQTH"}})")).empty());
  const auto one = [](const std::string &json) {
    const auto found = faults(json);
    CAPTURE(found);
    CHECK(found.size() == 1);
    return found.empty() ? std::string() : found.front();
  };
  CHECK(one(plan_with(R"({"type": "statu", "champs": {}})")) ==
        "I010 /faits/0/type: 'statu' is no fact that a file described by a plan may state, did you mean 'statut'?");
  CHECK(one(plan_with(R"({"type": "observation", "champs": {}})")).starts_with("I010 /faits/0/type"));
  CHECK(one(plan_with(R"({"type": "droit_rsa", "champs": {}})")).starts_with("I010 /faits/0/type"));
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": "C", "reponce": "R", "reponse": "R"}})")) ==
        "I010 /faits/0/champs/reponce: there is no field 'reponce', did you mean 'reponse'?");
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": "C"}})")) ==
        "I010 /faits/0/champs: the type 'statut' asks for the field 'reponse'");
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": {"valeur": "a"}, "reponse": {"valeur": "oui"}}})")) ==
        "I010 /faits/0/champs: no field takes a column: the fact would be stated of everybody");
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": "C", "reponse": {"colonne": "R", "liste": "oui"}}})")) ==
        "I010 /faits/0/champs/reponse/liste: there is no list 'oui'");
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": "C", "reponse": {"colonne": "R", "liste": "l"}}})",
                      R"("listes": {"l": {"O": "oui", "N": "peut-être"}}, )"))
            .starts_with("I010 /listes/l/N: one of oui, non"));
  CHECK(one(plan_with(R"({"type": "emploi", "champs": {"id": "I", "etape": {"valeur": "chef"}}})"))
            .starts_with("I010 /faits/0/champs/etape/valeur: one of trouve"));
  CHECK(one(plan_with(R"({"type": "action", "champs": {"id": "I", "etape": {"valeur": "prescrite"},
                          "structure": "S"}})")) == "I010 /faits/0/champs/structure: a cell cannot say this field");
  CHECK(one(plan_with(R"({"type": "identite", "champs": {"nom": "N"}})")).starts_with("I010 /faits/0/type"));
  CHECK(one(plan_with(R"({"type": "frein", "champs": {"code": "C", "reponse": "R", "prioritaire": "P"}})")) ==
        "I010 /faits/0/champs/prioritaire: only a list says which words are true: name one in 'liste'");
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": ["A", "B"], "reponse": "R"}})"))
            .starts_with("I010 /faits/0/champs/code: a column is expected"));
  CHECK(one(plan_with(R"({"type": "statut", "champs": {"code": {"colonne": ["A", "B"]}, "reponse": "R"}})"))
            .starts_with("I010 /faits/0/champs/code: the field 'code' takes one value"));
  CHECK(one(plan_with("", R"("date": "jj.mm.aaaa", )")) == "I010 /date: 'jj.mm.aaaa' is no form of dates");
  CHECK(one(plan_with("", R"("separateur": "::", )")).starts_with("I010 /separateur"));
  CHECK(one(plan_with("", R"("encodage": "latin1", )")).starts_with("I010 /encodage"));
  CHECK(one(plan_with("", R"("clef": "Id", )")) == "I010 /clef: there is no key 'clef', did you mean 'cle'?");
  CHECK(one(R"({"source": "s", "cle": "Id", "identite": {"nom": "N", "prenom": "P"}, "faits": []})") ==
        "I010 /identite: the field 'date_naissance' is missing: without it nobody can be matched");
}

TEST_CASE("a column that the plan names and the file lacks refuses the file", "[exchange][plan]") {
  const PlanCsv plan = read_plan_csv(block("json"));
  const auto journal = store::open_memory();
  std::string bytes = block("csv");
  bytes.replace(bytes.find("Salaire net"), 11, "Salaire nets");
  const Rapport report = read(*journal, plan, bytes);
  CHECK_FALSE(report.clos);
  CHECK(told(report.refuses) == std::vector<std::string>{"I002 ligne 1  [] la colonne « Salaire net » manque"});
  CHECK(report.refuses.front().remede == "La colonne « Salaire nets » est-elle celle-là ? La renommer.");
}

TEST_CASE("forms of dates and amounts", "[exchange][plan]") {
  CHECK(read_date_forme("02/04/1997", "jj/mm/aaaa") == day("1997-04-02"));
  CHECK(read_date_forme("2/4/1997", "jj/mm/aaaa") == day("1997-04-02"));
  CHECK(read_date_forme("19970402", "aaaammjj") == day("1997-04-02"));
  CHECK(read_date_forme("1997-04-02", "aaaa-mm-jj") == day("1997-04-02"));
  for (const char *wrong : {"", "1997-04-02", "31/02/1997", "02/04/97", "02/04/1997/", "//", "a/b/1997", "02/04/0000"})
    CHECK_FALSE(read_date_forme(wrong, "jj/mm/aaaa"));
  const auto amount = [](std::string_view text) {
    const auto read = read_montant_csv(text);
    return read ? read->to_string() : "-";
  };
  CHECK(amount("1234.5") == "1234.5");
  CHECK(amount("1 234,50") == "1234.50");
  CHECK(amount("1\xC2\xA0"
               "234,50") == "1234.50");
  CHECK(amount("1\xE2\x80\xAF"
               "234") == "1234");
  CHECK(amount("-12") == "-12");
  for (const char *wrong : {"", "1,234", "1.234", "1,2,3", "12,", ",5", "1e3", "12 €", "--1", "1234567890123456"})
    CHECK(amount(wrong) == "-");
}

TEST_CASE("a person may have several lines; of one fact the first holds", "[exchange][plan]") {
  const std::string facts = R"({"type": "action", "champs": {"id": "Action", "etape": {"valeur": "prescrite"},
    "libelle": "Titre"}, "debut": "Le"}, {"type": "contact", "champs": {"courriels": "Courriel"}})";
  const std::string lines = "Id;Nom;Prénom;Né;Action;Titre;Le;Courriel\n"
                            "1;Exemple;Aline;1990-05-17;A1;Atelier;2022-03-01;a@example.org\n"
                            "1;Exemple;Aline;1990-05-17;A2;Forum;2022-04-01;b@example.org\n"
                            "1;Exemple;Aline;1990-05-17;A3;Forum;hier;\n";
  const auto journal = store::open_memory();
  const PlanCsv several = read_plan_csv(plan_with(facts, R"("plusieurs_lignes": true, )"));
  const Rapport report = read(*journal, several, lines);
  CHECK(report.lus == 3);
  CHECK(report.dossiers_nouveaux == 1);
  CHECK(
      told(report.refuses) ==
      std::vector<std::string>{"I006 ligne 4 Le [hier] ce n'est pas une date qui existe, écrite comme le plan le dit"});
  CHECK(told(report.avertissements) ==
        std::vector<std::string>{
            "I006 ligne 3 contact [] une ligne précédente dit autre chose de ce fait : elle seule compte"});
  CHECK(count(*journal, "action") == 3);
  CHECK(read(*journal, several, lines).evenements == 2);

  const auto other = store::open_memory();
  const Rapport once = read(*other, read_plan_csv(plan_with(facts)), lines);
  CHECK(once.lus == 1);
  CHECK(once.refuses_total == 2);
  CHECK(accounted(once));
}

TEST_CASE("a key that is a NIR is kept as its fingerprint", "[exchange][plan]") {
  const PlanCsv plan = read_plan_csv(plan_with(R"({"type": "contact", "champs": {"courriels": "Courriel"}})"));
  const auto journal = store::open_memory();
  read(*journal, plan, "Id;Nom;Prénom;Né;Courriel\n290057799012343;Exemple;Aline;1990-05-17;a@example.org\n");
  journal->each(1, everything, [](const Evenement &event) {
    CHECK(write_json(dossier::to_value(event)).find("2900577990123") == std::string::npos);
  });
  CHECK(journal->lookup("nir", journal->nir_fingerprints("2900577990123").front()).size() == 1);
}

TEST_CASE("a plan states no fact that somebody decides, and takes nobody else's name", "[exchange][plan]") {
  const auto refused = [](const std::string &json) { return !faults(json).empty(); };
  const auto fact_of = [](const std::string &type, const std::string &fields) {
    return plan_with(R"({"type": ")" + type + R"(", "champs": )" + fields + "}");
  };
  CHECK(refused(fact_of("decision_donnees", R"({"genre": {"valeur": "limitation"}, "etape": "X"})")));
  CHECK(refused(fact_of("declassement", R"({"evenement": "X", "champ": {"valeur": "texte"}})")));
  CHECK(refused(fact_of("consentement", R"({"finalite": "X", "destinataire": {"valeur": "membre"},
                                           "accorde": {"valeur": true}})")));
  CHECK(refused(fact_of("partage", R"({"finalite": "X", "destinataire": {"valeur": "membre"}})")));
  CHECK(refused(fact_of("referent", R"({"role": {"valeur": "referent_unique"}, "etape": {"valeur": "nomme"},
                                       "courriel": "X"})")));
  CHECK(refused(fact_of("membre", R"({"role": "X", "etape": {"valeur": "commence"}})")));
  CHECK(refused(fact_of("observation", R"({"cle": "X", "presente": {"valeur": true}})")));
  CHECK_FALSE(refused(fact_of("frein", R"({"code": {"valeur": "mobilite"}, "reponse": "X"})")));
  // Closed by default: what a plan may state is said type by type, and none of these is.
  for (const TypeContenu &type : types_contenu())
    if (type.par_plan) {
      CHECK(type.genre == Genre::personne);
      CHECK(type.cardinalite != Cardinalite::mecanique);
    }
  for (const char *closed : {"consentement", "declassement", "decision_donnees", "referent", "membre", "partage",
                             "appartenance", "rattachement", "fusion"})
    CHECK_FALSE(find_type(closed)->par_plan);

  for (const char *source : {"saisie", "Saisie", "diagnostic", "caf", "caf.vrsb", "caf.essai", "vrsb", "carnet",
                             "france_travail.extrait", "france_travail_extrait", "csv", "dsp", " carnet "}) {
    CAPTURE(source);
    std::string json = fact_of("frein", R"({"code": {"valeur": "mobilite"}, "reponse": "X"})");
    json.replace(json.find("\"essai\""), 7, "\"" + std::string(source) + "\"");
    CHECK(faults(json) == std::vector<std::string>{"I010 /source: '" + std::string(source) +
                                                   "' is the name of another source: a plan has one of its own"});
  }
}

namespace {

std::string example(std::string_view name) {
  return bytes_of(std::string(SPIE_SOURCE_DIR) + "/examples/donnees/" + std::string(name));
}

// Somebody whom a source made known under a key.
void known_under(Journal &journal, const std::string &source, const std::string &key, const std::string &first_name,
                 const std::string &birth) {
  const PlanCsv plan = read_plan_csv(R"({"source": ")" + source + R"(", "cle": "Id", "identite": {"nom": "Nom",
    "prenom": "Prénom", "date_naissance": "Né"}, "faits": []})");
  const Rapport report =
      import_csv(journal, *memory_bytes("Id;Nom;Prénom;Né\n" + key + ";Exemple;" + first_name + ";" + birth + "\n"),
                 plan, as_of("2022-01-31"));
  REQUIRE(report.dossiers_nouveaux == 1);
}

constexpr std::string_view pix_by_key = R"({"source": "evaluations", "cle": "Id", "cle_de": "ateliers",
  "faits": [{"type": "reponse_diagnostic", "champs": {"question": "Question", "reponse": "Valeur"}, "debut": "Date"}]})";
constexpr std::string_view pix_of_one = R"({"source": "evaluations",
  "faits": [{"type": "reponse_diagnostic", "champs": {"question": "Question", "reponse": "Valeur"}, "debut": "Date"}]})";

} // namespace

TEST_CASE("results of Pix and EVA go to people whom France Travail made known", "[exchange][plan]") {
  const auto journal = store::open_memory();
  std::string extract = fixture("france_travail_extrait.csv");
  import_france_travail_extrait(*journal, *memory_bytes(extract), as_of("2022-03-31"), lists());
  // The first person of the extract in the place of the invented one of the example.
  const std::size_t line = extract.find('\n') + 1;
  const std::string id = extract.substr(line, extract.find(';', line) - line);
  std::string results = example("pix-eva-invente.csv");
  const std::string invented = "9900000001A";
  for (std::size_t at = 0; (at = results.find(invented, at)) != std::string::npos; at += id.size())
    results.replace(at, invented.size(), id);
  const PlanCsv plan = read_plan_csv(example("plan-pix-eva.json"));
  const Rapport report = read(*journal, plan, results);
  CHECK(report.lus == 5);
  CHECK(report.dossiers_nouveaux == 0);
  CHECK(
      told(report.refuses) ==
      std::vector<std::string>{"I005 ligne 7 Identifiant France Travail [9900000099Z] personne n'est connu sous cette "
                               "clé dans la source « france_travail.extrait »"});
  CHECK(report.refuses.front().remede.find("lire d'abord") != std::string::npos);
  const Situation known = known_of(*journal, "france_travail", id, "2022-06-01");
  CHECK(fact(known, "reponse_diagnostic.pix.sous_la_moitie.reponse") == "oui (evaluations, source_unique)");
  CHECK(known.find("reponse_diagnostic.pix.sous_la_moitie.reponse")->dire.effet.debut == day("2022-04-12"));
  CHECK(value(known, "reponse_diagnostic.eva.difficulte_lecture.reponse") == "non");
  CHECK(read(*journal, plan, results).faits == 0);
}

TEST_CASE("a plan without a key is of the person who is given", "[exchange][plan]") {
  const auto journal = store::open_memory();
  known_under(*journal, "ateliers", "A-1", "Aline", "1990-05-17");
  const Sujet aline = journal->lookup("nom", "EXEMPLE").front();
  const PlanCsv plan = read_plan_csv(example("plan-pix-eva-personne.json"));
  const Rapport report =
      import_csv(*journal, *memory_bytes(example("pix-eva-personne-invente.csv")), plan, as_of("2022-06-01"), aline);
  CHECK(report.lus == 2);
  CHECK(report.refuses_total == 0);
  const Situation known = situation(*journal, aline, day("2022-06-01"));
  CHECK(value(known, "reponse_diagnostic.pix.passe.reponse") == "oui");
  CHECK(value(known, "reponse_diagnostic.pix.sous_la_moitie.reponse") == "non");

  const auto refused = [&](const PlanCsv &of, const std::optional<Sujet> &whom) {
    try {
      import_csv(*journal, *memory_bytes("x\n"), of, as_of("2022-06-01"), whom);
    } catch (const Error &error) {
      return std::string(text(error.first().code)) + " " + error.first().message;
    }
    return std::string();
  };
  CHECK(refused(plan, {}) == "A001 this plan has no key: it needs the person whom the file is about");
  CHECK(refused(read_plan_csv(pix_by_key), aline) == "A001 this plan says whom each line is about: it takes no person");
  CHECK(refused(plan, Sujet{Genre::personne, "inconnue"}).starts_with("E"));
  CHECK(refused(plan, Sujet{Genre::foyer, "f"}).starts_with("E"));
}

TEST_CASE("a known key makes no dossier, whoever has it", "[exchange][plan]") {
  const auto journal = store::open_memory();
  known_under(*journal, "ateliers", "A-1", "Aline", "1990-05-17");
  known_under(*journal, "ateliers", "A-1", "Basile", "1985-02-01"); // the key passed to another person
  known_under(*journal, "ateliers", "A-11", "Cyrille", "1979-08-30");
  known_under(*journal, "ateliers", "290057799012343", "Dalila", "1990-05-17");
  const Rapport report = read(*journal, read_plan_csv(pix_by_key),
                              "Id;Question;Valeur;Date\n"
                              "A-1;pix.passe;oui;2022-04-12\n"
                              "A-11;pix.passe;oui;2022-04-12\n"
                              ";pix.passe;oui;2022-04-12\n"
                              "A-2;pix.passe;oui;2022-04-12\n"
                              "290057799012343;pix.passe;non;2022-04-12\n");
  CHECK(accounted(report));
  CHECK(report.lus == 2);
  CHECK(report.dossiers_nouveaux == 0);
  CHECK(told(report.refuses) ==
        std::vector<std::string>{
            "I005 ligne 2 Id [A-1] plusieurs personnes ont cette clé dans la source « ateliers »",
            "I005 ligne 4 Id [] la clé manque",
            "I005 ligne 5 Id [A-2] personne n'est connu sous cette clé dans la source « ateliers »"});
  journal->each(1, everything, [](const Evenement &event) {
    CHECK(write_json(dossier::to_value(event)).find("2900577990123") == std::string::npos);
  });
  CHECK(read(*journal, read_plan_csv(pix_by_key), "Id;Question;Valeur;Date\n").dossiers_nouveaux == 0);
}

TEST_CASE("a plan takes people by an identity or by a known key", "[exchange][plan]") {
  CHECK(faults(std::string(pix_by_key)).empty());
  CHECK(faults(std::string(pix_of_one)).empty());
  CHECK(faults(plan_with("", R"("cle_de": "ateliers", )")) ==
        std::vector<std::string>{
            "I010 /cle_de: a plan takes people by an identity or by a key of another source, not by both"});
  CHECK(faults(R"({"source": "s", "cle_de": "ateliers", "faits": []})").size() == 1); // no key
  CHECK(faults(R"({"source": "s", "cle": "Id", "faits": []})").front().starts_with("I010 : the identity is missing"));
  CHECK(faults(R"({"source": "s", "plusieurs_lignes": false, "faits": []})") ==
        std::vector<std::string>{"I010 /plusieurs_lignes: without an identity a person may have several lines"});
}

TEST_CASE("each limit of an import ends it, and what was read does not count", "[exchange][plan][limits]") {
  const PlanCsv plan = read_plan_csv(plan_with(""));
  std::string csv = "Id;Nom;Prénom;Né\n";
  for (const char *key : {"A", "B", "C", "D"})
    csv += std::string(key) + ";Exemple;" + key + ";1990-05-04\n";
  const auto read_within = [&](const LoadLimits &limits, const std::string &bytes) {
    const auto journal = store::open_memory();
    ImportOptions options = as_of("2022-06-01");
    options.limits = limits;
    return import_csv(*journal, *memory_bytes(bytes), plan, options);
  };
  const auto refused = [&](const LoadLimits &limits, const std::string &bytes) {
    const Rapport report = read_within(limits, bytes);
    CHECK_FALSE(report.clos);
    REQUIRE(report.refuses.size() == 1);
    const Refus &fault = report.refuses.front();
    CHECK(fault.code == Code::import_limit);
    CHECK(report.recus == report.lus + report.refuses_total);
    return fault.place + ": " + fault.motif + ", " + fault.remede;
  };
  CHECK(read_within({.depth = 64, .steps = 1'000, .list_size = 4, .bytes = csv.size(), .time = std::chrono::hours(1)},
                    csv)
            .clos);
  CHECK(refused({.bytes = csv.size() - 1}, csv) ==
        ": le fichier dépasse " + std::to_string(csv.size() - 1) +
            " octets, Partager le fichier, ou relever la limite « bytes » de "
            "sa lecture.");
  CHECK(refused({.list_size = 2}, csv).starts_with("ligne 4: le fichier a plus de 2 enregistrements, "));
  // Sixteen bytes are a step, and a record is one.
  CHECK(refused({.steps = static_cast<std::int64_t>(csv.size() / 16 + 3)}, csv).find("« steps »") != std::string::npos);
  CHECK(refused({.steps = 1}, csv).starts_with(": la lecture prend plus de 1 pas, "));
  std::string many = csv;
  for (int i = 0; i < 200'000; ++i)
    many += std::to_string(i) + ";Exemple;Ana;1990-05-04\n";
  const Rapport late = read_within({.time = std::chrono::milliseconds(1)}, many);
  CHECK_FALSE(late.clos);
  CHECK(late.document.empty()); // it was not read to its end
  CHECK(late.refuses.at(0).motif == "la lecture prend plus de 1 ms");
  CHECK_THROWS_AS(read_within({.depth = 65}, csv), Error);
}
