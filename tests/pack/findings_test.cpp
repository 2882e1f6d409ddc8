// Each code of the P family, provoked by a small broken pack.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

using namespace spie;
using namespace spie::testing;

namespace {

std::string load_refusal(const SmallPack &small, const std::vector<std::shared_ptr<const Pack>> &bases = {}) {
  return refusal([&] { small.load(bases); });
}

std::string findings(const SmallPack &small) { return short_list(small.load()->check()); }

} // namespace

TEST_CASE("a sound small pack has no finding", "[pack][check]") { CHECK(findings(SmallPack()) == ""); }

TEST_CASE("P001: a file is missing", "[pack][check]") {
  CHECK(refusal([] { Pack::from_files({}); }) == "P001 error at pack.json");
  CHECK(refusal([] { Pack::load("/nonexistent"); }) == "P001 error at /nonexistent");
  SmallPack small;
  small.manifest = with(small.manifest, "\"aide.dmn\"", "\"aide.dmn\", \"autre.dmn\"");
  CHECK(load_refusal(small) == "P001 error at pack.json#/modeles");
}

TEST_CASE("P002: a file has not the expected form", "[pack][check]") {
  SmallPack small;
  SECTION("not JSON") {
    small.articles = "{";
    CHECK(load_refusal(small).starts_with("P002 error at articles.json:1:"));
  }
  SECTION("a key is missing, another is not known") {
    small.manifest = with(small.manifest, "\"titre\"", "\"titer\"");
    CHECK(load_refusal(small) == "P002 error at pack.json");
  }
  SECTION("an unknown key alone is a warning, with the nearest") {
    small.cases = with(small.cases, "\"attendu\": {", "\"comentaire\": \"x\", \"attendu\": {");
    const auto found = small.load()->check();
    CHECK(short_list(found) == "P002 warning at cas/aide.json#/cas/0/comentaire");
    CHECK(found.front().message.find("'commentaire'") != std::string::npos);
  }
  SECTION("an expectation that nobody checks") {
    small.cases = with(small.cases, "\"valeur\"", "\"value\"");
    CHECK(findings(small) == "P010 error at cas/aide.json, case 'loin'\n"
                             "P002 warning at cas/aide.json#/cas/0/attendu/value");
  }
  SECTION("a date that does not exist") {
    small.cases = with(small.cases, "2022-06-01", "2022-02-30");
    CHECK(load_refusal(small) == "P002 error at cas/aide.json#/cas/0/as_of");
  }
  SECTION("a list whose values are not what the model reads") {
    small.model = SmallPack::dmn(
        "<literalExpression><text>list contains(lieux, permis) and distance &gt; seuil</text></literalExpression>",
        R"(<itemDefinition name="t_lieux" isCollection="true"><typeRef>string</typeRef></itemDefinition>
           <inputData id="i4" name="lieux"><variable name="lieux" typeRef="t_lieux"/></inputData>)",
        R"(<informationRequirement><requiredInput href="#i4"/></informationRequirement>)");
    small.more = {{"donnees/lieux.json", R"({"nom": "lieux", "article": "art-1", "valeurs": ["a", 2]})"}};
    CHECK(load_refusal(small) == "P002 error at donnees/lieux.json#/valeurs/1");
  }
  SECTION("no model at all") {
    small.manifest = with(small.manifest, "[\"aide.dmn\"]", "[]");
    CHECK(load_refusal(small) == "P002 error at pack.json#/modeles");
  }
}

TEST_CASE("P002: nothing in a pack names a file outside it", "[pack][check]") {
  for (const char *name : {"../autre.dmn", "/etc/passwd", "sous/aide.dmn", "..", ".cache", "a\\\\b.dmn", ""}) {
    SmallPack small;
    small.manifest = with(small.manifest, "\"aide.dmn\"", '"' + std::string(name) + '"');
    INFO(name);
    CHECK(load_refusal(small).starts_with("P00"));
  }
  SmallPack small;
  small.manifest = with(small.manifest, "\"langue\"", R"("extends": {"id": "../socle", "version": ">=1"}, "langue")");
  CHECK(load_refusal(small).starts_with("P002 error at pack.json#/extends"));
}

TEST_CASE("P003: the pack that it extends is not there, or not that version", "[pack][check]") {
  SmallPack child;
  child.manifest = with(child.manifest, "\"petit\"", "\"enfant\"");
  child.manifest = with(child.manifest, "\"langue\"", R"("extends": {"id": "petit", "version": ">=1.2 <2"}, "langue")");
  CHECK(load_refusal(child) == "P003 error at pack.json#/extends/id");
  const auto base = SmallPack().load();
  CHECK(load_refusal(child, {base}) == "accepted");
  for (const char *range : {">=1.3", "<1.2", "2", ">1.2.0"}) {
    SmallPack other = child;
    other.manifest = with(other.manifest, ">=1.2 <2", range);
    INFO(range);
    CHECK(load_refusal(other, {base}) == "P003 error at pack.json#/extends/version");
  }
  for (const char *range : {"1.2", "=1.2.0", ">1.1.9 <=1.2"}) {
    SmallPack other = child;
    other.manifest = with(other.manifest, ">=1.2 <2", range);
    INFO(range);
    CHECK(load_refusal(other, {base}) == "accepted");
  }
}

TEST_CASE("P004 and P005: a decision without article, an article without rule", "[pack][check]") {
  SmallPack small;
  small.model =
      SmallPack::dmn("<literalExpression><text>distance &gt; seuil and permis = \"non\"</text></literalExpression>");
  small.cases = with(small.cases, R"("valeur": true, "articles": ["art-1"])", R"("valeur": false)");
  CHECK(findings(small) == "P004 warning at aide.dmn, decision 'aide'");
  small.articles = with(small.articles, "]}", R"(, {"id": "art-2", "titre": "2", "resume": "r", "place": "p"}]})");
  CHECK(findings(small) == "P004 warning at aide.dmn, decision 'aide'\nP005 warning at articles.json, article 'art-2'");
  small.articles = with(small.articles, R"("place": "p"})", R"("place": "p", "sans_regle": "renvoi"})");
  CHECK(findings(small) == "P004 warning at aide.dmn, decision 'aide'");
}

TEST_CASE("P006: a reference names no article, and the nearest is suggested", "[pack][check]") {
  SmallPack small;
  small.model = with(small.model, "<outputEntry><text>false</text></outputEntry><annotationEntry><text>art-1</text>",
                     "<outputEntry><text>false</text></outputEntry><annotationEntry><text>art-11</text>");
  const auto found = small.load()->check();
  CHECK(short_list(found) == "P006 error at aide.dmn, decision 'aide', rule 2");
  CHECK(found.front().message.find("did you mean 'art-1'") != std::string::npos);
  SmallPack other;
  other.parameters = with(other.parameters, "art-1", "art-9");
  CHECK(findings(other) == "P006 error at parametres.json, parameter 'seuil'");
  SmallPack prose;
  prose.model = with(prose.model, "<annotationEntry><text>art-1</text>",
                     "<annotationEntry><text>Voir art-1 et la note demi-tarif</text>");
  CHECK(findings(prose) == "");
}

TEST_CASE("P007 and P008: a parameter without article, or with a hole in its dates", "[pack][check]") {
  SmallPack small;
  small.parameters = with(small.parameters, R"("article": "art-1", )", "");
  CHECK(findings(small) == "P007 warning at parametres.json, parameter 'seuil'");
  SmallPack late;
  late.parameters = with(late.parameters, "\"depuis\": \"2022-01-01\"", "\"depuis\": \"2022-01-02\"");
  const auto found = late.load()->check();
  CHECK(short_list(found) == "P008 error at parametres.json, parameter 'seuil'");
  CHECK(found.front().message.find("from 2022-01-01 to 2022-01-01") != std::string::npos);
}

TEST_CASE("P009: a value of a parameter has not its type, or is none of its readings", "[pack][check]") {
  SmallPack small;
  small.parameters = with(small.parameters, "\"valeur\": 10", "\"valeur\": \"dix\"");
  CHECK(load_refusal(small) == "P009 error at parametres.json#/parametres/0/valeurs/0/valeur");
  SmallPack type;
  type.parameters = with(type.parameters, "\"type\": \"number\"", "\"type\": \"nombre\"");
  CHECK(load_refusal(type) == "P009 error at parametres.json#/parametres/0/type");
  SmallPack model;
  model.parameters = with(model.parameters, "\"type\": \"number\"", "\"type\": \"string\"");
  model.parameters = with(model.parameters, "\"valeur\": 10", "\"valeur\": \"10\"");
  CHECK(load_refusal(model) == "P009 error at parametres.json, parameter 'seuil'");
  SmallPack readings;
  readings.parameters = with(readings.parameters, "]}]}",
                             R"(], "lectures": [{"valeur": 10, "sens": "a"}, {"valeur": 7, "sens": "b"}]}]})");
  CHECK(load_refusal(readings) == "P009 error at parametres.json#/parametres/0/valeurs");
}

TEST_CASE("P010: a case does not give what it expects", "[pack][check]") {
  SmallPack small;
  small.cases = with(small.cases, "\"valeur\": true", "\"valeur\": false");
  const auto found = small.load()->check();
  CHECK(short_list(found) == "P010 error at cas/aide.json, case 'loin'");
  CHECK(found.front().message == "valeur: expected false, found true");
  SmallPack articles;
  articles.cases = with(articles.cases, "\"articles\": [\"art-1\"]", "\"articles\": [\"art-2\"]");
  CHECK(articles.load()->run_cases().front().difference == "articles: expected also [art-2], found [art-1]");
  SmallPack refused;
  refused.cases = with(refused.cases, "\"distance\": 10", "\"distanse\": 10");
  CHECK(refused.load()->run_cases().front().difference.find("P015") != std::string::npos);
  refused.cases =
      with(refused.cases, R"("statut": "determine", "valeur": true, "articles": ["art-1"])", R"("erreurs": ["P015"])");
  CHECK(refused.load()->run_cases().front().passed);
  SmallPack missing;
  missing.cases = with(missing.cases, R"("distance": 10, )", "");
  missing.cases = with(missing.cases, R"("statut": "determine", "valeur": true, "articles": ["art-1"])",
                       R"("statut": "indetermine", "manquants": ["permis"])");
  CHECK(missing.load()->run_cases().front().difference == "manquants: expected [permis], found [distance]");
}

TEST_CASE("P011: a role names no decision", "[pack][check]") {
  SmallPack small;
  small.manifest = with(small.manifest, R"("aide": "aide")", R"("aide": "aides")");
  const auto found = small.load()->check();
  CHECK(short_list(found) == "P011 error at pack.json#/roles/aide");
  CHECK(found.front().message.find("did you mean 'aide'") != std::string::npos);
}

TEST_CASE("P012: a pack may not ask for the clock", "[pack][check]") {
  for (const char *clock : {"today() &gt; date(\"2022-01-01\")", "now() &gt; date and time(\"2022-01-01T00:00:00\")"}) {
    SmallPack small;
    small.model = SmallPack::dmn("<literalExpression><text>" + std::string(clock) + "</text></literalExpression>");
    INFO(clock);
    CHECK(load_refusal(small).starts_with("P012 error at "));
  }
}

TEST_CASE("P013: what no decision uses", "[pack][check]") {
  SmallPack small;
  small.model = with(
      small.model, "<inputData id=\"i1\"",
      R"(<inputData id="i9" name="inutile"><variable name="inutile" typeRef="number"/></inputData><inputData id="i1")");
  small.parameters =
      with(small.parameters, "[{\"nom\"", R"([{"nom": "orphelin", "titre": "O", "unite": "", "type": "number",
    "article": "art-1", "valeurs": [{"depuis": "2022-01-01", "valeur": 1}]}, {"nom")");
  small.more = {{"donnees/liste.json", R"({"nom": "liste", "valeurs": ["a"]})"}};
  small.manifest = with(small.manifest, "\"langue\"", R"("unites": {"km": ["distance", "distence"]}, "langue")");
  CHECK(findings(small) == "P013 warning at aide.dmn, input 'inutile'\n"
                           "P013 warning at parametres.json, parameter 'orphelin'\n"
                           "P013 warning at donnees/liste.json\n"
                           "P013 warning at pack.json#/unites/km");
}

TEST_CASE("P013: a tone is given to a code that has a label, near or in a list", "[pack][check]") {
  SmallPack small;
  small.manifest = with(small.manifest, "\"langue\"", R"("libelles": {"ouverte": "ouverte"},
    "tons": {"ouverte": "favorable", "vert": "attention", "ouvrete": "defavorable"}, "langue")");
  small.more = {{"donnees/couleurs.json", R"({"couleurs": [{"code": "vert", "libelle": "Vert"}]})"}};
  const auto found = small.load()->check();
  CHECK(short_list(found) == "P013 warning at pack.json#/tons/ouvrete");
  CHECK(found.front().message.find("'ouverte'") != std::string::npos);
}

TEST_CASE("P002: a tone is one of three", "[pack][check]") {
  SmallPack small;
  small.manifest = with(small.manifest, "\"langue\"",
                        R"("libelles": {"ouverte": "ouverte"}, "tons": {"ouverte": "vert"}, "langue")");
  CHECK(load_refusal(small) == "P002 error at pack.json#/tons/ouverte");
  small.manifest = with(small.manifest, "{\"ouverte\": \"vert\"}", "[\"favorable\"]");
  CHECK(load_refusal(small) == "P002 error at pack.json#/tons");
}

TEST_CASE("a pack says its codes and their tones, and those of the packs it extends", "[pack]") {
  SmallPack base;
  base.manifest = with(base.manifest, "\"langue\"", R"("libelles": {"a": "de la base", "b": "de la base"},
    "tons": {"a": "attention", "b": "defavorable"}, "langue")");
  SmallPack child;
  child.manifest = with(child.manifest, "\"id\": \"petit\"", "\"id\": \"enfant\"");
  child.manifest = with(child.manifest, "\"langue\"", R"("extends": {"id": "petit", "version": ">=1"},
    "libelles": {"a": "de l'enfant"}, "tons": {"a": "favorable"}, "langue")");
  const auto pack = child.load({base.load()});
  CHECK(pack->labels().at("a") == "de l'enfant");
  CHECK(pack->labels().at("b") == "de la base");
  CHECK(pack->tones().at("a") == "favorable");
  CHECK(pack->tones().at("b") == "defavorable");
}

TEST_CASE("P017: two elements have the same name", "[pack][check]") {
  SmallPack articles;
  articles.articles =
      with(articles.articles, "]}", R"(, {"id": "art-1", "titre": "2", "resume": "r", "place": "p"}]})");
  CHECK(load_refusal(articles) == "P017 error at articles.json#/articles/1/id");
  SmallPack values;
  values.parameters = with(values.parameters, "2023-01-01", "2022-01-01");
  CHECK(load_refusal(values) == "P017 error at parametres.json#/parametres/0/valeurs");
  SmallPack cases;
  cases.more = {{"cas/double.json", cases.cases}};
  CHECK(load_refusal(cases) == "P017 error at cas/double.json");
  SmallPack models;
  models.manifest = with(models.manifest, "\"aide.dmn\"", "\"aide.dmn\", \"aide.dmn\"");
  CHECK(load_refusal(models) == "P017 error at pack.json#/modeles/1");
  SmallPack files;
  files.more = {{"cas/aide.json", files.cases}};
  CHECK(load_refusal(files).starts_with("P017 error at cas/aide.json"));
}

TEST_CASE("P019 and P020: sums and products that the data writes", "[pack][check]") {
  SmallPack small;
  small.more = {{"donnees/budget.json", R"({"lignes": [
      {"action": "a", "montant": "100.00", "detail": [{"libelle": "d1", "montant": "60.10"}, {"libelle": "d2", "montant": "39.90"}]},
      {"action": "b", "montant": "50.00", "calcul": {"quantite": 2, "prix_unitaire": "25.00"}}],
    "totaux": {"total": "150.00", "cofinancement_etat": "120.00", "autofinancement": "30.00"}})"}};
  CHECK(findings(small) == "");
  const std::string good = small.more[0].second;
  small.more[0].second = with(good, "39.90", "39.89");
  CHECK(findings(small) == "P019 warning at donnees/budget.json#/lignes/0");
  small.more[0].second = with(good, "\"total\": \"150.00\"", "\"total\": \"151.00\"");
  CHECK(findings(small) ==
        "P019 warning at donnees/budget.json#/totaux/total\nP019 warning at donnees/budget.json#/totaux");
  small.more[0].second = with(good, "\"quantite\": 2", "\"quantite\": 3");
  CHECK(findings(small) == "P020 warning at donnees/budget.json#/lignes/1");
}

TEST_CASE("a load says every fault of the files at once", "[pack][check]") {
  SmallPack small;
  small.articles = with(small.articles, "\"resume\"", "\"resumé\"");
  small.parameters = with(small.parameters, "\"valeur\": 10", "\"valeur\": true");
  CHECK(load_refusal(small) == "P002 error at articles.json#/articles/0\n"
                               "P009 error at parametres.json#/parametres/0/valeurs/0/valeur");
}
