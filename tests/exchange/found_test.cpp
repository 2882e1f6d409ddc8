// Files that people of this job receive and that once came out wrong: public reports told of their kinds. The inputs
// are invented; what is right for each was written before the code that gives it.
#include "tests/exchange/fichiers.hpp"
#include "tests/exchange/vrsb_file.hpp"

#include "exchange/controles.hpp"
#include "spie/dossier/recherche.hpp"
#include "spie/exchange/carnet_csv.hpp"
#include "spie/exchange/csv_plan.hpp"
#include "spie/exchange/dsp.hpp"
#include "spie/exchange/formats.hpp"
#include "spie/exchange/france_travail.hpp"
#include "spie/exchange/vrsb.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

struct Row {
  std::string id, first_name, surname, birth, nir = {}, phone = {}, mail = {}, companion = {};
};

std::string carnet(const std::vector<Row> &rows) {
  std::string text = "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;NIR;Téléphone;Email;Accompagnateurs\n";
  for (const Row &row : rows)
    text += row.id + ";" + row.first_name + ";" + row.surname + ";" + row.birth + ";" + row.nir + ";" + row.phone +
            ";" + row.mail + ";" + row.companion + "\n";
  return text;
}
Rapport read(Journal &journal, const std::vector<Row> &rows, std::string_view date = "2023-01-31") {
  Rapport report = import_carnet_beneficiaires(journal, *memory_bytes(carnet(rows)), as_of(date), lists());
  CHECK(accounted(report));
  return report;
}
Rapport read(Journal &journal, const vrsb::File &file) {
  Rapport report = import_vrsb(journal, *memory_bytes(to_xml(file)), as_of(""), lists());
  CHECK(accounted(report));
  return report;
}
vrsb::File of(std::vector<vrsb::Person> persons, std::string reference = "2023-01-31") {
  vrsb::File file;
  file.reference = std::move(reference);
  file.foyers[0].personnes = std::move(persons);
  return file;
}

std::size_t persons(Journal &journal) { return journal.subjects(Genre::personne, "", 100).size(); }
// "NIR: motif" of what was said, faults then warnings.
std::vector<std::string> said(const Rapport &report) {
  std::vector<std::string> result;
  for (const auto *list : {&report.refuses, &report.avertissements})
    for (const Refus &one : *list)
      if (one.champ != "NIR" || one.motif.find("colonne") == std::string::npos)
        if (one.place != "ligne 1")
          result.push_back(one.champ + " [" + one.valeur + "] " + one.motif);
  return result;
}
// The reasons why two are proposed as one.
std::vector<std::string> reasons(const Rapport &report) {
  std::vector<std::string> result;
  for (const auto &[reason, count] : report.doublons_par_raison)
    for (std::int64_t i = 0; i < count; ++i)
      result.push_back(reason);
  return result;
}
using Texts = std::vector<std::string>;
bool is_utf8(const Rapport &report) {
  const std::string text = write_json(to_value(report));
  return read_json(text).is(feel::Kind::context);
}
Situation named(Journal &journal, std::string_view name, std::string_view on = "2023-03-01") {
  const auto found = chercher(journal, "nom", name, 10);
  REQUIRE(found.size() == 1);
  return situation(journal, found.front(), day(on));
}
std::size_t bearers_of(Journal &journal, std::string_view nir) {
  std::size_t held = 0;
  for (const Sujet &subject : journal.lookup("nir", journal.nir_fingerprints(nir).front()))
    for (const Fait &fact : situation(journal, subject, day("2030-01-01")).faits)
      held += fact.chemin.starts_with("identifiant.nir/") && fact.champ == "valeur" ? 1U : 0U;
  return held;
}

constexpr const char *may_1990 = "2900577650012"; // a woman of May 1990; commune 650 of the 77 does not exist
constexpr const char *nobodys =
    "un autre dossier a ce NIR, et n'est pas celui de la même personne : il n'est gardé pour "
    "aucun des deux";

} // namespace

TEST_CASE("words in the column of the NIR are a fault of that field, whatever their letters",
          "[exchange][found][H01]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", "à compléter"},
                                         {"2", "Basile", "Exemple-Pin", "1987-04-02"},
                                         {"3", "Cyprien", "Exemple-Orme", "1987-04-03", "œuvre"}});
  CHECK(report.lus == 3);
  CHECK(said(report) == Texts{"NIR [à…] ce n'est pas un NIR : 13 chiffres, ou 15 avec leur clé",
                              "NIR [œ…] ce n'est pas un NIR : 13 chiffres, ou 15 avec leur clé"});
  CHECK(is_utf8(report));
}

TEST_CASE("a number of the flow that is none is masked whole, in its own letters", "[exchange][found][H02]") {
  const auto journal = store::open_memory();
  vrsb::Person ambre{"EXEMPLE TILLEUL", "AMBRE", "1990-05-17"};
  ambre.nir = "’inconnu’";
  const Rapport report = read(*journal, of({ambre}));
  CHECK(report.lus == 1);
  CHECK(said(report) == Texts{"NIR [’…] ce n'est pas un NIR : 13 chiffres, ou 15 avec leur clé"});
  CHECK(is_utf8(report));
}

TEST_CASE("a NIR that belies the birth or the sex of its own record is told", "[exchange][found][H03]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", "2910577650012"},
                                         {"2", "Aurore", "Exemple-Pin", "1990-06-17", may_1990}});
  CHECK(report.lus == 2);
  CHECK(said(report) == Texts{"NIR [2…] l'année de naissance que dit ce NIR n'est pas celle de l'enregistrement",
                              "NIR [2…] le mois de naissance que dit ce NIR n'est pas celui de l'enregistrement"});
  vrsb::Person marc{"EXEMPLE", "MARC", "1990-05-17"};
  marc.sexe = "1";
  marc.nir = may_1990;
  vrsb::Person undated{"TEST", "ALICE", ""};
  undated.nir = may_1990;
  CHECK(said(read(*journal, of({marc, undated}))) ==
        Texts{"NIR [2…] le sexe que dit ce NIR n'est pas celui de l'enregistrement",
              "NIR [2…] la date de naissance manque : rien ne dit que ce NIR est le sien"});
  CHECK(bearers_of(*journal, may_1990) == 0);
}

TEST_CASE("a year of birth that the flow corrects is proposed", "[exchange][found][H04]") {
  const auto journal = store::open_memory();
  vrsb::Person ambre{"EXEMPLE TILLEUL", "AMBRE", "1991-05-17"};
  ambre.nir = may_1990;
  const Rapport first = read(*journal, of({ambre}));
  CHECK(said(first) == Texts{"NIR [2…] l'année de naissance que dit ce NIR n'est pas celle de l'enregistrement"});
  ambre.naissance = "1990-05-17";
  const Rapport second = read(*journal, of({ambre}, "2023-02-28"));
  CHECK(said(second).empty());
  CHECK(reasons(second) == Texts{"même clé dans la source et mêmes noms, autre date de naissance"});
  CHECK(bearers_of(*journal, may_1990) == 1);
}

TEST_CASE("identifiers as long as those of the API are read", "[exchange][found][H05]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-01-01",
         {{"personne:ambre", "identite", R"({"nom": "Exemple", "prenom": "Ambre"})", "2022-01-01"}});
  const std::string id = "00000000-1111-4222-8333-000000000001#" + std::string(43, 'x'); // 80 characters
  REQUIRE(id.size() == 80);
  const std::string v1 = R"({"besoinsParDiagnosticIndividuDtos": [{"idMetierChiffre": ")" + id +
                         R"(", "nomMetier": "Métier fictif", "statut": "EN_COURS", "besoins": [
                          {"code": "3", "valeur": "BESOIN"}, {"code": "4", "valeur": "POINT_FORT"}]}]})";
  const std::string v4 = R"({"besoinsParDiagnostic": [{"diagnostic": {"idMetierChiffre": ")" + id +
                         R"(", "nomMetier": "Métier fictif", "codeRome": "D1102"}, "thematiquesBesoins": [
                          {"code": "1", "besoins": [{"code": "3", "valeur": "BESOIN"}]}]}]})";
  for (const std::string &document : {v1, v4}) {
    const Rapport report = import_france_travail_diagnostic(*journal, *memory_bytes(document), as_of("2024-07-01"),
                                                            subject("personne:ambre"), lists());
    CHECK(report.lus == 1);
    CHECK(said(report).empty());
  }
  const Situation now = situation(*journal, subject("personne:ambre"), day("2024-07-01"));
  CHECK(value(now, "recherche_emploi.libelles") == R"(["Métier fictif"])");
  CHECK(value(now, "reponse_diagnostic.v1/besoin/" + id + "/4.valeurs") == R"(["POINT_FORT"])");
  CHECK(value(now, "reponse_diagnostic.v4/besoin/" + id + "/3.valeurs") == R"(["BESOIN"])");
}

TEST_CASE("a shifted column of numbers attaches nobody, and nobody keeps the number", "[exchange][found][H06]") {
  const auto journal = store::open_memory();
  const std::vector<Row> rows{{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", may_1990},
                              {"2", "Basile", "Exemple-Pin", "1990-05-03", may_1990, "0639980002"}};
  const Rapport report = read(*journal, rows);
  CHECK(report.dossiers_nouveaux == 2);
  CHECK(said(report) == Texts{std::string("NIR [2…] ") + nobodys});
  CHECK(reasons(report) == Texts{"même NIR, mais le jour de naissance et les noms diffèrent"});
  CHECK(value(named(*journal, "Exemple-Pin"), "contact.telephones") == R"(["0639980002"])");
  CHECK(bearers_of(*journal, may_1990) == 0);
  // Read again it says so again, of both, and adds nothing.
  const Rapport again = read(*journal, rows);
  CHECK(again.evenements == 2);
  CHECK(said(again).size() == 2);
}

TEST_CASE("two of a couple under one number are two people", "[exchange][found][H07]") {
  const auto journal = store::open_memory();
  vrsb::Person ambre{"EXEMPLE TILLEUL", "AMBRE", "1990-05-17"}, aurore{"EXEMPLE PIN", "AURORE", "1990-05-03", "CJT"};
  ambre.nir = aurore.nir = may_1990;
  const Rapport report = read(*journal, of({ambre, aurore}));
  CHECK(report.dossiers_nouveaux == 2);
  CHECK(said(report) == Texts{std::string("NIR [2…] ") + nobodys});
  CHECK(bearers_of(*journal, may_1990) == 0);
  // A spouse of the other sex is belied by the number itself: it stays hers.
  const auto other = store::open_memory();
  aurore = {"EXEMPLE PIN", "BASILE", "1990-05-03", "CJT"};
  aurore.sexe = "1";
  aurore.nir = may_1990;
  CHECK(read(*other, of({ambre, aurore})).dossiers_nouveaux == 2);
  CHECK(bearers_of(*other, may_1990) == 1);
  // Twins have one surname and one birth date: one source knows each under a key of its own.
  const auto twins = store::open_memory();
  CHECK(read(*twins,
             {{"1", "Ambre", "Exemple", "1990-05-17", may_1990}, {"2", "Aurore", "Exemple", "1990-05-17", may_1990}})
            .dossiers_nouveaux == 2);
  CHECK(bearers_of(*twins, may_1990) == 0);
}

TEST_CASE("a number known from an earlier file is taken back, and given back when the attachment is undone",
          "[exchange][found][H06]") {
  const auto journal = store::open_memory();
  const std::vector<Row> first{{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", may_1990}};
  const std::vector<Row> second{{"2", "Basile", "Exemple-Pin", "1990-05-03", may_1990}};
  read(*journal, first);
  CHECK(bearers_of(*journal, may_1990) == 1);
  const Rapport report = read(*journal, second, "2023-02-28");
  CHECK(bearers_of(*journal, may_1990) == 0);
  // The same number, from a third file, attaches nobody.
  Rapport other = import_france_travail_extrait(
      *journal,
      *memory_bytes(
          "identifiant_unique_de;civilite;nom;prenom;date_naissance\nde-1;MME;EXEMPLE TILLEUL;AMBRE;1990-05-17\n"),
      as_of("2023-02-28"), lists());
  CHECK(other.dossiers_nouveaux == 1);

  const Acte act{"personne qui tient la base", instant("2030-01-02T12:00:00Z"), day("2030-01-02"), "colonne décalée"};
  std::string attachment;
  journal->each(1, everything, [&](const Evenement &event) {
    if (event.type == "rattachement" && event.source.import_id == report.import_id)
      attachment = event.id;
  });
  const Sujet apart = detacher(*journal, attachment, act);
  CHECK(bearers_of(*journal, may_1990) == 1);
  CHECK(value(situation(*journal, apart, day("2023-03-01")), "identite.prenom") == "Basile");
}

TEST_CASE("a birth day corrected under the same key is proposed", "[exchange][found][H08]") {
  const auto journal = store::open_memory();
  read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17"}});
  const Rapport report = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-18"}}, "2023-02-28");
  CHECK(reasons(report) == Texts{"même clé dans la source et mêmes noms, autre date de naissance"});
  // A key that passed to somebody else is not hers.
  CHECK(reasons(read(*journal, {{"1", "Cyprien", "Exemple-Orme", "1980-01-01"}}, "2023-03-31")).empty());
}

TEST_CASE("name and first name swapped are proposed", "[exchange][found][H09]") {
  const auto journal = store::open_memory();
  read(*journal, {{"1", "Iman", "Exemple", "1990-05-17"}});
  CHECK(reasons(read(*journal, {{"2", "EXEMPLE", "IMAN", "1990-05-17"}}, "2023-02-28")) ==
        Texts{"nom et prénom échangés, même date de naissance"});
}

TEST_CASE("an apostrophe, a particle, a saint, a double name cut are seen through", "[exchange][found][H10][H11]") {
  struct Pair {
    const char *one, *other, *reason;
  };
  for (const Pair &pair :
       {Pair{"d'Exemple", "DEXEMPLE",
             "mêmes noms à une apostrophe, une espace ou « saint » abrégé près, même date de naissance"},
        Pair{"D EXEMPLE", "d’Exemple",
             "mêmes noms aux accents, traits d'union ou capitales près, même date de naissance"},
        Pair{"Saint-Exemple", "ST EXEMPLE",
             "mêmes noms à une apostrophe, une espace ou « saint » abrégé près, même date de naissance"},
        Pair{"de La Maquette", "LA MAQUETTE", "mêmes noms à une particule près, même date de naissance"},
        Pair{"de La Maquette", "MAQUETTE", "mêmes noms à une particule près, même date de naissance"},
        Pair{"Exemple-Tilleul", "TILLEUL",
             "l'un des noms est une partie de l'autre, même prénom et même date de naissance"},
        Pair{"Exemple", "EXEMPLE TILLEUL",
             "l'un des noms est une partie de l'autre, même prénom et même date de naissance"}}) {
    CAPTURE(pair.one, pair.other);
    const auto journal = store::open_memory();
    read(*journal, {{"1", "Éléonore", pair.one, "1990-05-17"}});
    const Rapport report = read(*journal, {{"2", "ELEONORE", pair.other, "1990-05-17"}}, "2023-02-28");
    CHECK(reasons(report) == Texts{pair.reason});
    CHECK(report.dossiers_nouveaux == 1);
  }
  // Two double names that share a part are two families.
  const auto journal = store::open_memory();
  read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17"}});
  CHECK(reasons(read(*journal, {{"2", "Ambre", "Exemple-Pin", "1990-05-17"}}, "2023-02-28")).empty());
}

TEST_CASE("a search for a name finds it with its apostrophe and without, with its particle and without",
          "[exchange][found][H10]") {
  const auto journal = store::open_memory();
  read(*journal, {{"1", "Éléonore", "d'Exemple", "1990-05-17"},
                  {"2", "Ambre", "DEXEMPLE", "1991-05-17"},
                  {"3", "Zoé", "de La Maquette", "1992-05-17"}});
  for (const char *asked : {"d'Exemple", "DEXEMPLE", "d’exem", "D EXEMPLE"})
    CHECK(chercher(*journal, "nom", asked, 10).size() == 2);
  for (const char *asked : {"de La Maquette", "LA MAQUETTE", "maquette", "delama"})
    CHECK(chercher(*journal, "nom", asked, 10).size() == 1);
}

TEST_CASE("a birth that is to come is said by the flow as by the table", "[exchange][found][H14][H21]") {
  const auto journal = store::open_memory();
  const Rapport flow = read(*journal, of({{"EXEMPLE TILLEUL", "AMBRE", "2030-01-01"}}, "2022-02-28"));
  CHECK(flow.lus == 1);
  CHECK(said(flow) == Texts{"DTNAI [2030-01-01] la date de naissance suit la date du fichier"});
  CHECK(value(named(*journal, "Exemple Tilleul"), "identite.date_naissance") == "-");

  const Rapport table = read(*store::open_memory(), {{"1", "Ambre", "Exemple-Tilleul", "2023-05-17"},
                                                     {"2", "Basile", "Exemple-Pin", "1987-04-02"},
                                                     {"3", "Cyprien", "Exemple-Orme", ""},
                                                     {"4", "Daphné", "Exemple-Houx", "1987-02-30"},
                                                     {"5", "Edgar", "Exemple-If", "1087-02-03"}});
  CHECK(table.lus == 1);
  CHECK(said(table) ==
        Texts{"Date de naissance* [2023-05-17] la date de naissance suit la date du fichier",
              "Date de naissance* [] la date de naissance manque",
              "Date de naissance* [1987-02-30] ce n'est pas une date qui existe",
              "Date de naissance* [1087-02-03] la date de naissance précède la date du fichier de plus de 130 ans"});
  CHECK(table.refuses[0].remede ==
        "Corriger la naissance à la source, ou la date donnée pour le fichier si c'est elle.");
}

TEST_CASE("a day of the file that has not come refuses it", "[exchange][found][H15]") {
  const auto journal = store::open_memory();
  const Rapport table = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17"}}, "2123-01-31");
  CHECK_FALSE(table.clos);
  CHECK(table.refuses[0].motif == "la date du fichier (2123-01-31) n'est pas venue");
  CHECK_FALSE(read(*journal, of({{"EXEMPLE", "AMBRE", "1990-05-17"}}, "2123-01-31")).clos);
  CHECK(persons(*journal) == 0);
}

TEST_CASE("a telephone with its country code is one, whichever way it is written", "[exchange][found][H16]") {
  const auto journal = store::open_memory();
  const Rapport report = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", "", "0033639980001"},
                                         {"2", "Basile", "Exemple-Pin", "1987-04-02", "", "+33 6 39 98 00 02"},
                                         {"3", "Cyprien", "Exemple-Orme", "1987-04-03", "", "639980003"},
                                         {"4", "Daphné", "Exemple-Houx", "1987-04-04", "", "33639980004"},
                                         {"5", "Edgar", "Exemple-If", "1987-04-05", "", "0000000000"}});
  CHECK(
      said(report) ==
      Texts{"Téléphone [639980003] il manque un chiffre à ce numéro de téléphone : gardé tel quel",
            "Téléphone [33639980004] ce numéro de téléphone a un indicatif sans « + » ni « 00 » : gardé tel quel",
            "Téléphone [0000000000] ce n'est pas un numéro français à dix chiffres, ni un numéro avec son indicatif : "
            "gardé tel quel"});
  CHECK(report.fautes == 0);
}

TEST_CASE("a plan checks addresses, telephones, postcodes and amounts as the other formats do",
          "[exchange][found][H17][H18]") {
  const PlanCsv plan = read_plan_csv(R"({"source": "export_insertion", "date": "jj/mm/aaaa", "cle": "N°",
    "identite": {"nom": "Nom", "prenom": "Prénom", "date_naissance": "Né", "nir": "NIR"},
    "faits": [{"type": "contact", "champs": {"telephones": {"colonne": ["Mobile"], "separateur": "/"},
                                             "courriels": {"colonne": ["Mail"], "separateur": "/"}}},
              {"type": "adresse", "champs": {"code_postal": "CP", "commune": "Ville"}},
              {"type": "revenu", "champs": {"nature": {"valeur": "salaire"}, "mois": "Mois", "montant": "Salaire"}}]})");
  const auto journal = store::open_memory();
  const Rapport report = import_csv(*journal,
                                    *memory_bytes("N°;Nom;Prénom;Né;NIR;Mobile;Mail;CP;Ville;Mois;Salaire\n"
                                                  "0027004;Exemple-Tilleul;Ambre;17/05/1990;7900577650012;"
                                                  "639980001;pas de mail;1000;Bourg;01/01/2023;1.234\n"
                                                  "0027005;Exemple-Pin;Basile;17/05/2030;;;;;;;\n"),
                                    plan, as_of("2023-01-31"));
  CHECK(report.lus == 1);
  CHECK(said(report) ==
        Texts{"NIR [7…] c'est un numéro provisoire (il commence par 3, 4, 7 ou 8) : il ne rapproche personne",
              "Mail [pas de mail] ce n'est pas une adresse électronique",
              "CP [1000] ce n'est pas un code postal à cinq chiffres",
              "Salaire [1.234] un point ou une virgule devant trois chiffres peut être celui des milliers ou celui des "
              "centimes",
              "Né [17/05/2030] la date de naissance suit la date du fichier",
              "Mobile [639980001] il manque un chiffre à ce numéro de téléphone : gardé tel quel"});
  const Situation ambre = named(*journal, "Exemple-Tilleul");
  CHECK(value(ambre, "contact.telephones") == R"(["639980001"])");
  CHECK(value(ambre, "contact.courriels") == "-");
  CHECK(value(ambre, "adresse.code_postal") == "-");
}

TEST_CASE("the flow checks its postcodes too", "[exchange][found][H18]") {
  std::string xml = to_xml(of({{"EXEMPLE", "AMBRE", "1990-05-17"}}));
  const std::string from = vrsb::element("CODEPOS", "77370");
  xml.replace(xml.find(from), from.size(), vrsb::element("CODEPOS", "7370"));
  const auto journal = store::open_memory();
  const Rapport report = import_vrsb(*journal, *memory_bytes(xml), as_of(""), lists());
  CHECK(said(report) == Texts{"CODEPOS [7370] ce n'est pas un code postal à cinq chiffres"});
  CHECK(value(named(*journal, "Exemple"), "adresse.code_postal") == "-");
}

TEST_CASE("a civility is read in each of the ways it is written, or said", "[exchange][found][H19]") {
  const std::string head = "identifiant_unique_de;civilite;nom;prenom;date_naissance\n";
  int rank = 0;
  for (const auto &[civility, sex] :
       {std::pair{"M", "1"}, {"M.", "1"}, {"MR", "1"}, {"Monsieur", "1"}, {"Mlle", "2"}, {"MME", "2"}, {"Dr", "-"}}) {
    CAPTURE(civility);
    const auto journal = store::open_memory();
    const std::string row = "de-" + std::to_string(++rank) + ";" + civility + ";EXEMPLE;BASILE;1990-05-17\n";
    const Rapport report =
        import_france_travail_extrait(*journal, *memory_bytes(head + row), as_of("2023-01-31"), lists());
    CHECK(value(named(*journal, "Exemple"), "identite.sexe") == sex);
    CHECK(said(report) == (std::string_view(sex) == "-"
                               ? Texts{"civilite [Dr] cette civilité n'est pas dans la liste : le sexe reste inconnu"}
                               : Texts{}));
  }
}

TEST_CASE("why a number is no NIR is true of it", "[exchange][found][H20]") {
  const auto why = [](std::string_view nir) { return nir_fault(nir) ? nir_fault(nir)->motif : std::string(); };
  CHECK(why(may_1990).empty());
  CHECK(why("7900577650012") == "c'est un numéro provisoire (il commence par 3, 4, 7 ou 8) : il ne rapproche personne");
  CHECK(why("5900577650012") == "un NIR commence par 1 ou 2");
  CHECK(why("2901577650012") == "le mois, la commune ou le rang que dit ce NIR n'existe pas");
  CHECK(why("290057765001201") == "la clé de ce NIR n'est pas celle de ses 13 premiers chiffres");
  CHECK(why("290057765001") == "ce n'est pas un NIR : 12 chiffres, au lieu de 13, ou 15 avec leur clé");
  CHECK(why("Melun") == "ce n'est pas un NIR : 13 chiffres, ou 15 avec leur clé");
}

TEST_CASE("two of one first name in a household are told apart by their names when no birth is given",
          "[exchange][found][H23]") {
  const auto journal = store::open_memory();
  const vrsb::Person one{"EXEMPLE TILLEUL", "ALI", ""}, other{"EXEMPLE PIN", "ALI", "", "CJT"};
  CHECK(read(*journal, of({one, other})).dossiers_nouveaux == 2);
  // Next month each is found again.
  const Rapport next = read(*journal, of({other, one}, "2023-02-28"));
  CHECK(next.dossiers_nouveaux == 0);
  CHECK(said(next).empty());
  CHECK(persons(*journal) == 2);
}

TEST_CASE("a fact that the file gives no date says so", "[exchange][found][H24]") {
  const auto journal = store::open_memory();
  read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", "", "", "", "sofia@example.org"}}, "2021-01-31");
  bool found = false;
  journal->each(1, everything, [&](const Evenement &event) {
    if (event.type == "referent") {
      found = true;
      CHECK(event.source.sans_date);
      CHECK(read_evenement(read_json(write_json(dossier::to_value(event)))).source.sans_date);
    }
  });
  CHECK(found);
  // What the flow dates is dated: the income of a month, a right that began.
  read(*journal, of({{"EXEMPLE", "BASILE", "1987-04-02"}}));
  journal->each(1, everything, [&](const Evenement &event) {
    if (event.type == "situation_familiale" || event.type == "appartenance")
      CHECK_FALSE(event.source.sans_date);
    if (event.type == "identite")
      CHECK(event.source.sans_date);
  });
}

TEST_CASE("an address with a comma in it is one fault, shown whole", "[exchange][found][H27]") {
  const auto journal = store::open_memory();
  const Rapport report =
      read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17", "", "", "ambre@example,org"},
                      {"2", "Basile", "Exemple-Pin", "1987-04-02", "", "", "a@example.org, b@example.org, pas-une"}});
  CHECK(said(report) == Texts{"Email [ambre@example,org] ce n'est pas une adresse électronique",
                              "Email [pas-une] ce n'est pas une adresse électronique"});
  CHECK(report.refuses[0].remede == "La corriger à la source : une adresse n'a pas de virgule.");
  CHECK(value(named(*journal, "Exemple-Pin"), "contact.courriels") == R"(["a@example.org", "b@example.org"])");
}

TEST_CASE("the report counts facts apart, pairs by reason, and what names would attach", "[exchange][rapport]") {
  const auto journal = store::open_memory();
  const Rapport first = read(*journal, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17"}});
  CHECK(first.faits == 2); // identity and identifier; opened, attached, observed and closed beside them
  CHECK(first.evenements == 6);
  const Rapport second = read(*journal,
                              {{"a", "AMBRE", "EXEMPLE TILLEUL", "1990-05-17"},
                               {"b", "Ambre", "Tilleul", "1990-05-17"},
                               {"c", "Basile", "Exemple-Pin", "1987-04-02"}},
                              "2023-02-28");
  CHECK(second.doublons_proposes == 3); // b looks like 1 and like a
  CHECK(second.sur_noms == 1);
  const feel::Value told = to_value(second);
  CHECK(told.context().find("faits")->to_string() == "6");
  CHECK(told.context().find("sur_noms")->to_string() == "1");
  CHECK(told.context().find("doublons_par_raison")->list().size() == 2);

  // With names, what was counted attaches.
  const auto other = store::open_memory();
  read(*other, {{"1", "Ambre", "Exemple-Tilleul", "1990-05-17"}});
  ImportOptions options = as_of("2023-02-28");
  options.identite.rattacher_sur_noms = true;
  const Rapport on_names = import_carnet_beneficiaires(
      *other, *memory_bytes(carnet({{"a", "AMBRE", "EXEMPLE TILLEUL", "1990-05-17"}})), options, lists());
  CHECK(on_names.dossiers_rattaches == 1);
  CHECK(on_names.sur_noms == 0);
}

TEST_CASE("the files handed over come out right", "[exchange][found][samples]") {
  const auto at = [](const char *name) {
    const std::filesystem::path path = std::filesystem::path(SPIE_SHARED_DIR) / "found/imports" / name;
    return std::filesystem::exists(path) ? std::optional(bytes_of(path)) : std::nullopt;
  };
  if (!at("README.md")) {
    WARN("skipped: no found/imports");
    return;
  }
  struct Given {
    const char *format, *first, *second;
    std::size_t dossiers;
    std::int64_t proposed, told; // in the last file
  };
  for (const Given &given :
       {Given{"carnet_beneficiaires", "H01-carnet-nir-a-completer.csv", nullptr, 2, 0, 1},
        Given{"carnet_beneficiaires", "H03-carnet-nir-autre-annee.csv", nullptr, 1, 0, 1},
        Given{"vrsb", "H04-vrsb-annee-corrigee-1.xml", "H04-vrsb-annee-corrigee-2.xml", 2, 1, 0},
        Given{"carnet_beneficiaires", "H06-carnet-nir-decale.csv", nullptr, 2, 1, 1},
        Given{"vrsb", "H07-vrsb-couple-meme-nir.xml", nullptr, 2, 1, 1},
        Given{"carnet_beneficiaires", "H08-carnet-naissance-corrigee-1.csv", "H08-carnet-naissance-corrigee-2.csv", 2,
              1, 0},
        Given{"carnet_beneficiaires", "H09-carnet-nom-prenom-inverses-1.csv", "H09-carnet-nom-prenom-inverses-2.csv", 2,
              1, 0},
        Given{"carnet_beneficiaires", "H10-carnet-apostrophe-1.csv", "H10-carnet-apostrophe-2.csv", 2, 1, 0},
        Given{"carnet_beneficiaires", "H11-carnet-particule-1.csv", "H11-carnet-particule-2.csv", 2, 1, 0},
        Given{"vrsb", "H14-vrsb-naissance-a-venir.xml", nullptr, 1, 0, 1},
        Given{"carnet_beneficiaires", "H16-carnet-telephone-0033.csv", nullptr, 1, 0, 0},
        Given{"csv", "H17-plan-courriel-telephone.csv", nullptr, 1, 0, 2},
        Given{"csv", "H18-plan-code-postal.csv", nullptr, 1, 0, 1},
        Given{"france_travail_extrait", "H19-extrait-civilite-M.csv", nullptr, 1, 0, 0},
        Given{"carnet_beneficiaires", "H20-carnet-nir-provisoire.csv", nullptr, 1, 0, 1},
        Given{"carnet_beneficiaires", "H21-carnet-naissance-apres-fichier.csv", nullptr, 1, 0, 1},
        Given{"vrsb", "H23-vrsb-conjoint-meme-prenom.xml", nullptr, 2, 0, 0},
        Given{"carnet_beneficiaires", "H27-carnet-courriel-virgule.csv", nullptr, 1, 0, 1}}) {
    CAPTURE(given.first);
    const auto journal = store::open_memory();
    Complements more;
    more.plan = at("plan.json").value();
    Rapport report;
    std::string_view date = "2023-01-31";
    for (const char *name : {given.first, given.second})
      if (name != nullptr) {
        const std::string bytes = at(name).value();
        report = importer(*journal, given.format, *memory_bytes(bytes), as_of(date), lists(), more);
        date = "2023-02-28";
      }
    CHECK(report.clos);
    CHECK(persons(*journal) == given.dossiers);
    CHECK(report.doublons_proposes == given.proposed);
    CHECK(static_cast<std::int64_t>(said(report).size()) == given.told);
    CHECK(is_utf8(report));
  }
  const auto journal = store::open_memory();
  importer(*journal, "carnet_beneficiaires", *memory_bytes(at("H05-personne.csv").value()), as_of("2023-01-31"),
           lists());
  Complements more;
  more.personne = journal->subjects(Genre::personne, "", 1).front();
  const Rapport report = importer(*journal, "france_travail_diagnostic",
                                  *memory_bytes(at("H05-diagnostic-v1-identifiants-longs.json").value()),
                                  as_of("2024-07-01"), lists(), more);
  CHECK(report.lus == 10);
  CHECK(report.recus == 10);
}
