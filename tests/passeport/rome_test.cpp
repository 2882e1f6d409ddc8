// A release of the ROME, from its files. The expected values were worked out by hand from the invented releases of
// examples/donnees/rome, which its LISEZMOI.md describes, and from the small files below.
#include "tests/catch.hpp"

#include "spie/json.hpp"
#include "spie/passeport/rome.hpp"

#include <algorithm>
#include <map>
#include <thread>

using namespace spie;
using namespace spie::passeport;
using namespace std::string_literals;

namespace {

const std::string folder = std::string(SPIE_SOURCE_DIR) + "/examples/donnees/rome";

const Rome &invented(const char *version = "v998") {
  static std::map<std::string, std::shared_ptr<const Rome>> loaded;
  auto &one = loaded[version];
  if (one == nullptr)
    one = Rome::load(folder, version);
  return *one;
}

const std::string skills_header = "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,"
                                  "cat_comp,transition_eco,transition_num\n";

// A release v7 with these lines of skills, and other files.
std::shared_ptr<const Rome> release(const std::string &skills, const std::map<std::string, std::string> &others = {},
                                    const std::string &header = skills_header) {
  const std::string all = header + skills;
  std::vector<FichierRome> files{{"unix_referentiel_competence_v7_utf8.csv", all}};
  for (const auto &[name, bytes] : others)
    files.push_back({name, bytes});
  return Rome::from_files("v7", files);
}

std::vector<std::string> codes(const RechercheRome &found) {
  std::vector<std::string> list;
  for (const EntreeRome &one : found.entrees)
    list.push_back(one.code);
  return list;
}
using Codes = std::vector<std::string>;

Codes found(std::string_view text, std::vector<std::string> natures = {}) {
  return codes(invented().chercher(text, {std::move(natures), 50}));
}

Diagnostic refusal(const auto &call) {
  try {
    call();
  } catch (const Error &error) {
    return error.first();
  }
  FAIL("nothing was refused");
  return {};
}

} // namespace

TEST_CASE("a release is read whole, and each of its lines is accounted for", "[rome]") {
  const Rome &rome = invented();
  const LectureRome &lecture = rome.lecture();
  CHECK(rome.version() == "v998");
  CHECK(rome.size() == 45);
  CHECK(lecture.natures == std::map<std::string, std::int64_t>{{"appellation", 6},
                                                               {"competence", 20},
                                                               {"macro_savoir_etre", 4},
                                                               {"macro_savoir_faire", 5},
                                                               {"metier", 5},
                                                               {"savoir", 5}});
  CHECK(lecture.recus == 90);
  CHECK(lecture.lus == 90);
  CHECK(lecture.refuses_total == 0);
  CHECK(lecture.avertissements.empty());
  CHECK(lecture.absents.empty());
  CHECK(lecture.liens == 28);
  // Of the links: seven lines of other blocks; of the hearts, one of a context of work.
  CHECK(lecture.hors_objet == 8);
  REQUIRE(lecture.fichiers.size() == 6);
  CHECK(lecture.fichiers[4].contenu == "liens");
  CHECK(lecture.fichiers[4].recus == 34);
  CHECK(lecture.fichiers[4].hors_objet == 7);
}

TEST_CASE("a code gives its entry with its release, and what it is linked with", "[rome]") {
  const auto spirit = invented().trouver("300465");
  REQUIRE(spirit.size() == 1);
  CHECK(spirit[0].entree.version == "v998");
  CHECK(spirit[0].entree.nature == "macro_savoir_etre");
  CHECK(spirit[0].entree.libelle == "Avoir l'esprit d'équipe");
  REQUIRE(spirit[0].liens.size() == 2); // by label: Cuisine collective, Magasinage
  CHECK(spirit[0].liens[0].code == "Z9001");
  CHECK(spirit[0].liens[1].code == "Z9004");

  const auto job = invented().trouver("Z9001");
  REQUIRE(job.size() == 1);
  CHECK(job[0].entree.libelle == "Cuisine collective");
  CHECK(job[0].entree.parent == "Z9001");
  CHECK(job[0].entree.code_ogr == "9993001");
  std::vector<std::pair<std::string, std::string>> asked;
  for (const LienRome &link : job[0].liens)
    asked.emplace_back(link.code, link.coeur_metier);
  CHECK(asked == std::vector<std::pair<std::string, std::string>>{{"300465", ""},
                                                                  {"300490", ""},
                                                                  {"9990101", ""},
                                                                  {"9990001", "Principale"},
                                                                  {"9990004", ""},
                                                                  {"9990002", "Principale"},
                                                                  {"9991004", ""},
                                                                  {"9991001", "Principale"},
                                                                  {"9992002", ""},
                                                                  {"9992001", ""}});

  const auto title = invented().trouver("9992006", "appellation");
  REQUIRE(title.size() == 1);
  CHECK(title[0].entree.metier == "Z9004");
  REQUIRE(title[0].liens.size() == 1);
  CHECK(title[0].liens[0].libelle == "Magasinage et préparation de commandes");

  CHECK(invented().trouver("9990001")[0].entree.macro == "9990101");
  CHECK(invented().trouver("9990101")[0].entree.code_macro == "9Z101");
  CHECK(invented().trouver("9990101")[0].entree.definition == "Inventé : tout ce qui se fait avant de servir.");
  CHECK(invented().trouver("9990007")[0].entree.transition_eco == "O");
  CHECK(invented().trouver("9991004")[0].entree.sous_categorie == "Aliments et spécialités culinaires");
  CHECK(invented().trouver("000").empty());
  CHECK(invented().trouver("9992006", "savoir").empty());
}

TEST_CASE("accents, capitals, apostrophes and plurals do not hide what is looked for", "[rome]") {
  CHECK(found("legume", {"competence"}) == Codes{"9990014", "9990001"}); // two words, then three
  CHECK(found("LÉGUMES", {"competence"}) == Codes{"9990014", "9990001"});
  CHECK(found("chevaux") == Codes{"9990016"});
  CHECK(found("un animal") == Codes{"9990015"});
  CHECK(found("materiau") == Codes{"9990018"});
  CHECK(found("signal") == Codes{"9991003"});
  CHECK(found("oeuvre") == Codes{"9990004"});
  CHECK(found("l’esprit d’équipe") == Codes{"300465"});
  CHECK(found("equipes") == Codes{"300465"});
}

TEST_CASE("all the words are wanted; when nothing holds them all, the most of them", "[rome]") {
  const auto both = invented().chercher("légumes couper");
  CHECK(codes(both) == Codes{"9990001"});
  CHECK(both.mots == 2);
  CHECK(both.mots_trouves == 2);
  const auto one = invented().chercher("repasser une licorne");
  CHECK(codes(one) == Codes{"9990008"});
  CHECK(one.mots == 2);
  CHECK(one.mots_trouves == 1);
  CHECK(one.inconnus == Codes{"LICORNE"});
  const auto none = invented().chercher("licorne");
  CHECK(none.total == 0);
  CHECK(none.mots_trouves == 0);
  CHECK(none.entrees.empty());
  CHECK(invented().chercher("").total == 0);
  CHECK(invented().chercher("de la").mots == 2); // nothing else is in the text
}

TEST_CASE("the text itself comes first, then whole words, then beginnings, then shorter labels", "[rome]") {
  // Cuisine collective, Aide de cuisine: two words, the métier first; Cuisine d'un centre de vacances, Commis / Commise
  // de cuisine: three.
  CHECK(found("cuisine") == Codes{"Z9001", "9992002", "Z9005", "9992001"});
  CHECK(found("cuisine collective") == Codes{"Z9001"});
  // « Laver des vitres » is the whole text.
  CHECK(found("laver les vitres") == Codes{"9990006"});
  // As beginnings: nettoyer, nettoyage.
  CHECK(found("nettoy") == Codes{"9990005", "Z9002"});
  // Lire un plan de chantier, Signaux de sécurité d'un chantier: three words each, the competence first.
  CHECK(found("chantier") == Codes{"9990020", "9991003"});
  // Two letters begin nothing.
  CHECK(found("ne").empty());
}

TEST_CASE("a search may be for some natures, and gives the first of them with their number", "[rome]") {
  CHECK(found("cuisine", {"appellation"}) == Codes{"9992002", "9992001"}); // Aide…, Commis / Commise…
  CHECK(found("cuisine", {"metier", "competence"}) == Codes{"Z9001", "Z9005"});
  const auto first = invented().chercher("cuisine", {{}, 1});
  CHECK(first.total == 4);
  CHECK(first.entrees.size() == 1);
  CHECK(invented().chercher("cuisine", {{}, 0}).entrees.empty());
  const Diagnostic refused = refusal([] { invented().chercher("x", {{"compétences"}, 1}); });
  CHECK(refused.code == Code::api_argument);
  CHECK(refused.suggestion == "competence");
}

TEST_CASE("a code is found as a word is", "[rome]") {
  CHECK(found("300490") == Codes{"300490"});
  CHECK(found("z9003") == Codes{"Z9003"});
  CHECK(found("z90", {"metier"}) == Codes{"Z9003", "Z9001", "Z9002", "Z9005", "Z9004"});
  CHECK(found("30049").empty()); // a number begins nothing
}

TEST_CASE("a search does not repeat a NIR", "[rome]") {
  const RechercheRome found = invented().chercher("laver 1850578006084");
  CHECK(write_json(to_value(found)).find("850578006084") == std::string::npos);
  CHECK(codes(found) == Codes{"9990006"});
}

TEST_CASE("a search beyond its limits is refused", "[rome]") {
  CHECK(refusal([] { invented().chercher(std::string(4'097, 'a')); }).code == Code::api_argument);
  std::string words;
  for (int i = 0; i < 33; ++i)
    words += "mot" + std::to_string(i) + " ";
  CHECK(refusal([&] { invented().chercher(words); }).code == Code::api_argument);
}

TEST_CASE("a line that is wrong is refused with its place, its value and its reason, the others stand", "[rome]") {
  const auto rome = release("9990001,Compétence,Tenir une caisse,,,,Savoir-faire,,\n"
                            "X12,Compétence,Laver,,,,Savoir-faire,,\n"
                            "9990002,Talent,Laver,,,,Savoir-faire,,\n"
                            "9990003,Compétence,,,,,Savoir-faire,,\n"
                            "9990001,Compétence,Autre,,,,Savoir-faire,,\n"
                            "9990004,Macro-compétence,Laver,,,,Savoir,,\n"
                            "9990005,Compétence,Laver,\n"
                            "9990006,Compétence,Laver,,M,,Savoir-faire,,\n"
                            "9990007,Compétence,Laver,,,,Savoir-faire,,,,en trop\n"
                            ",Talent,,,,,Savoir-faire,,\n");
  const LectureRome &lecture = rome->lecture();
  CHECK(rome->size() == 1);
  CHECK(lecture.recus == 10);
  CHECK(lecture.lus == 1);
  CHECK(lecture.refuses_total == 9);
  CHECK(lecture.fautes == 11); // the last line has three
  std::vector<std::tuple<std::int64_t, std::string, std::string>> told;
  for (const RefusRome &one : lecture.refuses) {
    told.emplace_back(one.ligne, one.champ, one.valeur);
    CHECK(one.fichier == "unix_referentiel_competence_v7_utf8.csv");
    CHECK(!one.motif.empty());
    CHECK(!one.remede.empty());
  }
  CHECK(told == std::vector<std::tuple<std::int64_t, std::string, std::string>>{{3, "code_ogr", "X12"},
                                                                                {4, "nature", "Talent"},
                                                                                {5, "libelle_competence", ""},
                                                                                {6, "code_ogr", "9990001"},
                                                                                {7, "cat_comp", "Savoir"},
                                                                                {8, "", ""},
                                                                                {9, "code_ogr_macro_comp", "M"},
                                                                                {10, "", ""},
                                                                                {11, "code_ogr", ""},
                                                                                {11, "nature", "Talent"},
                                                                                {11, "libelle_competence", ""}});
  CHECK(lecture.refuses[3].motif == "le code est déjà celui de la ligne 2");
}

TEST_CASE("links to what is not there are refused, links with what is not loaded are counted apart", "[rome]") {
  const std::string jobs = "code_rome,code_ogr,libelle_rome,code_rome_parent\nZ9001,9993001,Cuisine,\n";
  const std::string links = "code_rome,code_compo_bloc,code_rubrique,code_ogr\nZ9001,5,1,9990001\nZ9001,5,1,9990009\n"
                            "Z9009,5,1,9990001\nZ9001,5,4,9990001\nZ9001,5,3,9991001\nZ9001,6,,9994001\nX,5,1,y\n";
  const std::string skill = "9990001,Compétence,Tenir une caisse,,,,Savoir-faire,,\n";
  const auto rome = release(
      skill, {{"unix_referentiel_code_rome_v7_utf8.csv", jobs}, {"unix_liens_rome_referentiels_v7_utf8.csv", links}});
  const LectureRome &lecture = rome->lecture();
  CHECK(lecture.liens == 1);
  REQUIRE(lecture.fichiers.size() == 3);
  CHECK(lecture.fichiers[2].recus == 7);
  CHECK(lecture.fichiers[2].lus == 3);
  CHECK(lecture.fichiers[2].hors_objet == 2); // a savoir, whose file is not given; a context
  CHECK(lecture.fichiers[2].refuses_total == 4);
  CHECK(lecture.absents == Codes{"savoirs", "appellations", "coeur_metier"});
  // Without the métiers, no link can stand.
  const auto bare = release(skill, {{"unix_liens_rome_referentiels_v7_utf8.csv", links}});
  CHECK(bare->lecture().liens == 0);
  CHECK(bare->lecture().fichiers[1].hors_objet == 5);
  CHECK(bare->lecture().fichiers[1].refuses_total == 2);
}

TEST_CASE("columns are found by their names, in any order, and others are passed over", "[rome]") {
  const auto rome = release("Savoir-faire,x,Tenir une caisse,9990001,Compétence,,,,,\n", {},
                            "cat_comp,ailleurs,Libelle_Competence,CODE_OGR,nature,definition,code_ogr_macro_comp,"
                            "code_macro_comp,transition_eco,transition_num\n");
  CHECK(rome->size() == 1);
  CHECK(rome->trouver("9990001")[0].entree.categorie == "Savoir-faire");
  const Diagnostic missing = refusal([] {
    release("", {}, "code_ogr,nature,libele_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp\n");
  });
  CHECK(missing.code == Code::import_format);
  CHECK(missing.details == "libelle_competence");
  CHECK(missing.suggestion == "libele_competence");
  CHECK(refusal([] { release("", {}, "code_ogr," + skills_header); }).code == Code::import_format);
}

TEST_CASE("windows-1252 is read, and told once", "[rome]") {
  const auto rome = release("9990001,Comp\xE9tence,\xC9plucher des l\xE9gumes,,,,Savoir-faire,,\n"
                            "9990002,Comp\xE9tence,R\xE9p\xE9ter \x9Cuvres,,,,Savoir-faire,,\n");
  CHECK(rome->trouver("9990001")[0].entree.libelle == "Éplucher des légumes");
  CHECK(codes(rome->chercher("œuvre")) == Codes{"9990002"});
  REQUIRE(rome->lecture().avertissements_total == 1);
  CHECK(rome->lecture().avertissements[0].ligne == 2);
  CHECK(rome->lecture().avertissements[0].code == Code::import_encoding);
}

TEST_CASE("what a file must not hold falls alone, in bounded memory", "[rome]") {
  const auto rome = release("9990001,Compétence," + std::string(100'000, 'x') + ",,,,,,\n" +
                            "9990002,Comp\0tence,Laver,,,,,,\n"s + "9990003,Compétence,Laver,,,,,,\n" +
                            std::string(300, ',') + "x\n" + "=\"9990004\",Compétence,Repasser,,,,,,\n");
  std::vector<Code> told;
  for (const RefusRome &one : rome->lecture().refuses)
    told.push_back(one.code);
  CHECK(told == std::vector{Code::import_limit, Code::import_encoding, Code::import_limit});
  CHECK(rome->lecture().recus == 5);
  CHECK(rome->lecture().lus == 2); // a spreadsheet wrote the last one
  CHECK(rome->trouver("9990004").size() == 1);
}

TEST_CASE("each limit of the load of a release refuses it", "[rome]") {
  const std::string bytes =
      skills_header + "9990001,Compétence,Un,,,,Savoir-faire,,\n9990002,Compétence,Deux,,,,Savoir-faire,,\n";
  const std::vector<FichierRome> files{{"unix_referentiel_competence_v7_utf8.csv", bytes}};
  const auto found = [&](const LoadLimits &limits) {
    const Diagnostic said = refusal([&] { (void)Rome::from_files("v7", files, limits); });
    CHECK(said.code == Code::import_limit);
    return said.message + " | " + said.where + " | " + said.remedy;
  };
  CHECK_NOTHROW(Rome::from_files("v7", files,
                                 {.steps = 20, .list_size = 2, .bytes = bytes.size(), .time = std::chrono::hours(1)}));
  CHECK(found({.bytes = bytes.size() - 1}).find("bytes` of its load") != std::string::npos);
  CHECK(found({.list_size = 1})
            .starts_with("the release has more than 1 entries | "
                         "unix_referentiel_competence_v7_utf8.csv:3 | "));
  // A line counts one step and one more for each of its nine cells.
  CHECK(found({.steps = 19})
            .starts_with("the load takes more than 19 steps | "
                         "unix_referentiel_competence_v7_utf8.csv:3 | "));
  CHECK(found({.steps = 19}).find("`steps`") != std::string::npos);
  std::string many = skills_header;
  for (int i = 1; i < 20'000; ++i)
    many += std::to_string(i) + ",Compétence,Un,,,,Savoir-faire,,\n";
  CHECK(refusal([&] {
          const std::vector<FichierRome> more{{"unix_referentiel_competence_v7_utf8.csv", many}};
          (void)Rome::from_files("v7", more, {.time = std::chrono::milliseconds(1)});
        }).message == "the load takes more than 1 ms");
  const Diagnostic folder_said = refusal([] { (void)Rome::load(folder, "v998", {.bytes = 10}); });
  CHECK(folder_said.code == Code::import_limit);
  CHECK(folder_said.message == "the file has more than 10 bytes");
}

TEST_CASE("a macro may say its kind itself, and one that is not there is a doubt", "[rome]") {
  const auto rome = release("9990101,MACRO SAVOIR-ÊTRE PROFESSIONNEL,Écouter,,,,,,\n"
                            "9990102,Macro savoir-faire,Laver,,,,,,\n"
                            "9990001,COMPETENCE,Tenir,,9990102,,,,\n"
                            "9990002,Compétence,Rendre,,9990199,,,,\n");
  CHECK(rome->trouver("9990101")[0].entree.nature == "macro_savoir_etre");
  CHECK(rome->trouver("9990102")[0].entree.nature == "macro_savoir_faire");
  CHECK(rome->trouver("9990001")[0].entree.nature == "competence");
  REQUIRE(rome->lecture().avertissements_total == 1);
  CHECK(rome->lecture().avertissements[0].valeur == "9990199");
  CHECK(rome->trouver("9990002")[0].entree.macro == "9990199");
}

TEST_CASE("the release is held against the names of the files", "[rome]") {
  const std::string skills = skills_header;
  const auto from = [&](const char *version, std::vector<FichierRome> files) {
    return refusal([&] { Rome::from_files(version, files); });
  };
  const FichierRome right{"unix_referentiel_competence_v7_utf8.csv", skills};
  CHECK(from("7", {right}).code == Code::api_argument);
  CHECK(from("v460a", {right}).code == Code::api_argument);
  const Diagnostic other = from("v8", {right});
  CHECK(other.code == Code::import_format);
  CHECK(other.message == "the file is of release v7, not of v8");
  CHECK(from("v7", {}).code == Code::import_format);
  CHECK(from("v7", {right, right}).message == "two files hold the same");
  CHECK(from("v7", {right, {"unix_item_v7_utf8.csv", skills}}).code == Code::import_format);
  // A file of another matter whose name begins alike.
  CHECK(from("v7", {right, {"unix_referentiel_code_rome_riasec_v7_utf8.csv", skills}}).code == Code::import_format);
  CHECK(from("v7", {{"unix_referentiel_competence_v7_utf8.csv", skills + "9990001,Compét"}}).code ==
        Code::import_truncated);
  CHECK(from("v7", {{"unix_referentiel_competence_v7_utf8.csv", "PK\x03\x04"}}).code == Code::import_format);
  CHECK(from("v7", {{"unix_referentiel_competence_v7_utf8.csv", ""}}).code == Code::import_format);
  const Diagnostic absent = refusal([] { Rome::load(folder, "v460"); });
  CHECK(absent.code == Code::import_format);
  CHECK(absent.suggestion == "v998, v999");
  CHECK(refusal([] { Rome::load(folder + "/nulle-part", "v460"); }).code == Code::import_file);
}

TEST_CASE("a later release says which codes of a passport changed, how, and which are gone", "[rome]") {
  std::vector<ReferenceRome> passport;
  for (const char *code : {"9990001", "9990004", "9990005", "9990010", "9990015", "300465"}) {
    const EntreeRome one = invented().trouver(code)[0].entree;
    passport.push_back({one.code, one.nature, one.libelle, one.version});
  }
  passport.push_back({"9990021", {}, {}, {}});
  const ComparaisonRome later = invented("v999").comparer(passport);
  CHECK(later.version == "v999");
  CHECK(later.examines == 7);
  CHECK(later.inchanges == 3);
  CHECK(later.changes == 3);
  CHECK(later.disparus == 1);
  CHECK(later.incomparables == 0);
  CHECK(later.references[0].etat == "inchange");
  CHECK(later.references[0].phrase.empty());
  CHECK(later.references[1].changements == Codes{"ecriture"});
  CHECK(later.references[2].changements == Codes{"libelle"});
  CHECK(later.references[2].phrase == "Se nommait «\u202FNettoyer les sols\u202F», se nomme «\u202FNettoyer et "
                                      "désinfecter les sols\u202F».");
  CHECK(later.references[3].etat == "disparu");
  CHECK(later.references[3].phrase == "N’est plus dans la version v999.");
  CHECK(later.references[4].changements == Codes{"nature"});
  CHECK(later.references[4].phrase ==
        "Est une macro-compétence de savoir-faire dans la version v999\u202F: un passeport "
        "la note comme compétence, il n’y a rien à y corriger.");
  CHECK(later.references[6].etat == "inchange"); // nothing is said of it that could differ

  CHECK(invented().comparer(passport).inchanges == 6);
  CHECK(invented().comparer(passport).disparus == 1); // 9990021 is not there yet
}

TEST_CASE("another nature is told as what it is, where a passport could have said it", "[rome]") {
  const EntreeRome macro = invented("v999").trouver("9990015")[0].entree;
  REQUIRE(macro.nature == "macro_savoir_faire");
  const ReferenceRome noted{macro.code, "macro_savoir_etre", macro.libelle, "v998"};
  const ChangementRome told = invented("v999").comparer(std::vector{noted}).references[0];
  CHECK(told.changements == Codes{"nature"});
  CHECK(told.phrase == "Noté comme macro-compétence de savoir-être, est macro-compétence de savoir-faire.");
}

TEST_CASE("what is not known is never said to be gone", "[rome]") {
  const auto rome = release("9990001,Compétence,Tenir une caisse,,,,Savoir-faire,,\n");
  const auto judged = [&](ReferenceRome one) { return rome->comparer(std::vector{one}).references[0].etat; };
  CHECK(judged({"9991001", "savoir", "Gestes", "v6"}) == "incomparable"); // no file of savoirs
  CHECK(judged({"9990001", "savoir", "Gestes", "v6"}) == "incomparable"); // that code is another's
  CHECK(judged({"9990002", {}, {}, "v6"}) == "incomparable");             // it may be a savoir
  CHECK(judged({"9990002", "competence", "Laver", "v6"}) == "disparu");
  CHECK(judged({"9990002", "competence", "Laver", "v8"}) == "incomparable"); // of a later release
  CHECK(judged({"9990001", "competence", "Tenir une caisse", "v6"}) == "inchange");
}

TEST_CASE("references are read from codes, or from objects", "[rome]") {
  const auto read = [](const char *json) { return read_references_rome(read_json(json, "references")); };
  const auto two = read(R"(["300465", {"code": "K2204", "nature": "metier", "libelle": null, "version": "v460"}])");
  REQUIRE(two.size() == 2);
  CHECK(two[0].code == "300465");
  CHECK(two[0].nature.empty());
  CHECK(two[1].nature == "metier");
  CHECK(two[1].version == "v460");
  for (const char *wrong : {"{}", "[1]", "[{}]", R"([{"code": 1}])", R"([{"code": "1", "libele": "x"}])"})
    CHECK(refusal([&] { read(wrong); }).code == Code::json_value);
  CHECK(refusal([&] { read(R"([{"code": "1", "libele": "x"}])"); }).where == "/0/libele");
}

TEST_CASE("one release answers several threads at once", "[rome]") {
  const Rome &rome = invented();
  const auto alone = write_json(to_value(rome.chercher("cuisine")));
  std::vector<std::thread> threads;
  std::vector<std::string> answers(8);
  for (std::string &answer : answers)
    threads.emplace_back([&rome, &answer] {
      for (int i = 0; i < 50; ++i)
        answer = write_json(to_value(rome.chercher("cuisine")));
    });
  for (std::thread &one : threads)
    one.join();
  CHECK(std::all_of(answers.begin(), answers.end(), [&](const auto &one) { return one == alone; }));
}
