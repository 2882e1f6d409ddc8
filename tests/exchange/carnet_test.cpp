// The files of carnet-de-bord: beneficiaries, structures.
#include "tests/exchange/fichiers.hpp"

#include "exchange/carnet_values.hpp"
#include "exchange/controles.hpp"
#include "spie/exchange/carnet_csv.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

Rapport people(Journal &journal, std::string_view bytes, std::string_view date = "2022-06-01") {
  return import_carnet_beneficiaires(journal, *memory_bytes(bytes), as_of(date), lists());
}
Rapport structures(Journal &journal, std::string_view bytes, std::string_view date = "2022-05-01") {
  return import_carnet_structures(journal, *memory_bytes(bytes), as_of(date), lists());
}
std::string jour(std::string_view text) {
  const auto date = read_jour(text);
  return date ? date->to_string() : "-";
}

} // namespace

TEST_CASE("days are read as people type them", "[exchange][carnet]") {
  CHECK(jour("1998-05-25") == "1998-05-25");
  CHECK(jour("25/05/1998") == "1998-05-25");
  CHECK(jour("25-05-1998") == "1998-05-25");
  CHECK(jour("5/3/1998") == "1998-03-05");
  CHECK(jour("1998-3-5") == "1998-03-05");
  for (const char *wrong : {"", "19970-04-22", "1998", "25/05/98", "30/02/1998", "25/05-1998", "1998/05/25",
                            "0000-01-01", "25//1998", "1998-05-25-1", "25/05/1998 ", "a5/05/1998", "/05/1998"})
    CHECK(jour(wrong) == "-");
}

TEST_CASE("jobs are cut at their codes, not at their commas", "[exchange][carnet]") {
  const Metiers jobs = read_metiers("Pontier élingueur, dit (volant) (N1104), Boulanger (D1102)");
  CHECK(jobs.codes == std::vector<std::string>{"N1104", "D1102"});
  CHECK(jobs.libelles == std::vector<std::string>{"Pontier élingueur, dit (volant)", "Boulanger"});
  CHECK(read_metiers("Boulanger").libelles == std::vector<std::string>{"Boulanger"});
  CHECK(read_metiers("(D1102)").codes == std::vector<std::string>{"D1102"});
  CHECK(read_metiers("").codes.empty());
}

TEST_CASE("addresses, SIRET", "[exchange][carnet]") {
  for (const char *good : {"a@example.org", "a.b+c@sub.example.org"})
    CHECK_FALSE(mail_fault(good));
  for (const char *wrong : {"", "@example.org", "a@b", "a@b@example.org", "a b@example.org", "contact@cd93", "a@.fr",
                            "a..b@example.org", "a.@example.org"})
    CHECK(mail_fault(wrong));
  CHECK(is_siret("35600000049837")); // La Poste: the sum of its digits is a multiple of five
  CHECK_FALSE(is_siret("12312312312311"));
  CHECK_FALSE(is_siret("0001234560001"));
}

TEST_CASE("a beneficiary is read column by column", "[exchange][carnet]") {
  const auto journal = store::open_memory();
  structures(*journal, fixture("carnet_structures.csv"));
  const Rapport report = people(*journal, fixture("carnet_beneficiaires.csv"));
  CHECK(report.clos);
  CHECK(report.recus == 7);
  CHECK(report.lus == 4);
  CHECK(accounted(report));
  CHECK(report.dossiers_nouveaux == 4);
  CHECK(report.doublons_proposes == 1); // the second line is the first person, in capitals, under another identifier
  CHECK(told(report.refuses) ==
        std::vector<std::string>{
            "I006 ligne 2 RQTH [X] ni oui, ni non : la réponse reste inconnue",
            "I006 ligne 3 Email [pas-une-adresse] ce n'est pas une adresse électronique",
            "I006 ligne 3 Code postal [7160] ce n'est pas un code postal à cinq chiffres",
            "I006 ligne 4 NIR [2…] la clé de ce NIR n'est pas celle de ses 13 premiers chiffres",
            "I005 ligne 5 Date de naissance* [19970-04-22] ce n'est pas une date qui existe",
            "I005 ligne 6 Prénom* [] la valeur manque, ou a plus de 100 octets",
            "I005 ligne 7 Identifiant dans le SI* [si-3] la ligne 4 a le même identifiant : elle seule est lue"});
  CHECK(told(report.avertissements) ==
        std::vector<std::string>{
            "I006 ligne 2 Téléphone [063998002] ce n'est pas un numéro français à dix chiffres, ni un numéro avec son "
            "indicatif : gardé tel quel",
            "I007 ligne 3 Emploi recherché (code ROME) [Boulanger] un métier n'a pas son code ROME entre parenthèses : "
            "il est gardé en clair",
            "I007 ligne 3 Situation [aidant_familial] ce code n'est pas dans la liste : il est gardé tel quel",
            "I007 ligne 3 Droits RSA [rsa_suspendu] ce code n'est pas dans la liste : il est gardé tel quel",
            "I007 ligne 3 Structure [Inconnue] aucune structure de ce nom n'est connue : la personne est lue sans "
            "structure",
            "I006 ligne 4 Adresse [2…] un NIR dans une colonne qui n'en tient pas : il n'est pas gardé"});

  const Situation aline = known_of(*journal, "carnet", "si-1", "2022-06-01");
  CHECK(fact(aline, "identite.nom") == "d'Essai-Érable (carnet, source_unique)");
  CHECK(value(aline, "contact.telephones") == R"(["0639980001", "063998002"])");
  CHECK(value(aline, "contact.courriels") == R"(["aline@example.org"])");
  CHECK(value(aline, "adresse.lignes") == R"(["3 rue de la Maquette", "Lieu-dit \"L'Essai\""])");
  CHECK(value(aline, "adresse.code_postal") == "77160");
  CHECK(value(aline, "situation_professionnelle.code") == "recherche_emploi");
  CHECK(value(aline, "statut.brsa.reponse") == "oui");
  CHECK(value(aline, "statut.brsa.precision") == "rsa_droit_ouvert_versable");
  CHECK(value(aline, "statut.ass.reponse") == "non");
  CHECK(value(aline, "statut.prime_activite.reponse") == "oui");
  CHECK(value(aline, "statut.are.reponse") == "-"); // an empty cell says nothing
  CHECK(value(aline, "statut.rqth.reponse") == "-");
  CHECK(value(aline, "niveau_formation.niveau") == "NV5");
  CHECK(value(aline, "recherche_emploi.metiers") == R"(["N1104", "D1102"])");
  CHECK(value(aline, "recherche_emploi.zone_mobilite") == "30");
  CHECK(value(aline, "referent.referent_unique.courriel") == "ambre@example.org");
  // The structure and the professional are those of the other file.
  const auto structure = journal->lookup("nom_structure", "STRUCTURE D ESSAI");
  REQUIRE(structure.size() == 1);
  CHECK(value(aline, "referent.referent_unique.structure") == structure.front().to_string());
  const auto professional = Sujet::parse(value(aline, "referent.referent_unique.professionnel"));
  REQUIRE(professional);
  CHECK(value(situation(*journal, *professional, day("2022-06-01")), "professionnel.fonction") ==
        "responsable insertion");
  CHECK(count(*journal, "membre") == 1);

  const Situation second = known_of(*journal, "carnet", "si-2", "2022-06-01");
  CHECK(value(second, "identite.date_naissance") == "1990-05-17");
  CHECK(value(second, "statut.brsa.reponse") == "ne_sait_pas"); // a code that nobody explains is not a no

  // No NIR anywhere: of the number of the CAF, of the address, of the identifier, their fingerprints at most.
  journal->each(1, everything, [](const Evenement &event) {
    const std::string written = write_json(dossier::to_value(event));
    for (const char *nir : {"2900577990123", "1970477990124", "1970477990125", "290057799012344"})
      CHECK(written.find(nir) == std::string::npos);
  });
  CHECK(journal->lookup("nir", journal->nir_fingerprints("2900577990123").front()).size() == 1);
  CHECK(journal->lookup("nir", journal->nir_fingerprints("1970477990124").front()).size() == 1);
  CHECK(journal->lookup("carnet", journal->nir_fingerprints("1970477990125").front()).size() == 1);
}

TEST_CASE("the files of the logbook read twice add nothing", "[exchange][carnet]") {
  const auto journal = store::open_memory();
  for (const bool again : {false, true}) {
    const Rapport first = structures(*journal, fixture("carnet_structures.csv"));
    const Rapport second = people(*journal, fixture("carnet_beneficiaires.csv"));
    if (again) {
      CHECK(first.evenements == 2);
      CHECK(second.evenements == 2);
      CHECK(second.dossiers_nouveaux == 0);
      CHECK(second.doublons_proposes == 0);
    }
  }
}

TEST_CASE("lines of one SIRET are one structure, with those in charge of it", "[exchange][carnet]") {
  const auto journal = store::open_memory();
  const Rapport report = structures(*journal, fixture("carnet_structures.csv"));
  CHECK(report.recus == 5);
  CHECK(report.lus == 4);
  CHECK(accounted(report));
  CHECK(journal->subjects(Genre::structure, {}, 10).size() == 2);
  CHECK(journal->subjects(Genre::professionnel, {}, 10).size() == 3);
  CHECK(told(report.refuses) ==
        std::vector<std::string>{"I005 ligne 5 Nom [] le nom manque, ou a plus de 100 octets",
                                 "I006 ligne 6 Siret [00012345600015] ce n'est pas un SIRET : 14 chiffres et leur clé",
                                 "I006 ligne 6 Site web [example.org] ce n'est pas l'adresse d'un site",
                                 "I006 ligne 6 Courriel [contact@example] ce n'est pas une adresse électronique",
                                 "I006 ligne 6 Courriel responsable [pas-une-adresse] ce n'est pas une adresse "
                                 "électronique"});
  REQUIRE(report.avertissements.size() == 2);
  CHECK(report.avertissements[0].motif == "la ligne 2 décrit la même structure autrement : elle seule compte");
  CHECK(report.avertissements[1].valeur == "999999");
}

TEST_CASE("two lines that a NIR says are one person state one thing", "[exchange][carnet]") {
  const auto journal = store::open_memory();
  const std::string file = "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;NIR\n"
                           "a;Aline;Exemple;1990-05-17;290057799012343\n"
                           "b;aline;exemple;1990-05-17;2900577990123\n";
  const Rapport report = people(*journal, file);
  CHECK(report.lus == 2);
  CHECK(report.dossiers_nouveaux == 1);
  CHECK(told(report.avertissements).back() ==
        "I005 ligne 3  [] la ligne 2 est de la même personne, sous une autre clé : "
        "ses faits comptent, ceux-ci non");
  CHECK(value(known_of(*journal, "nom", "EXEMPLE", "2022-06-01"), "identite.prenom") == "Aline");
  CHECK(people(*journal, file).evenements == 2);
}

TEST_CASE("the published samples of the logbook", "[exchange][carnet][samples]") {
  struct Expected {
    const char *file;
    std::int64_t received, read, faults, proposed;
  };
  // By the README beside them: an identity that cannot be read refuses; a wrong NIR is a fault of its field.
  for (const Expected &expected : {Expected{"carnet/import_beneficiaires.csv", 4, 4, 0, 1},
                                   Expected{"carnet/import_beneficiaires_with_all_date_formats.csv", 4, 4, 0, 1},
                                   Expected{"carnet/import_beneficiaires_buggy.csv", 3, 1, 2, 0},
                                   Expected{"carnet/import_beneficiaires_partial.csv", 4, 4, 4, 1}}) {
    const auto bytes = sample(expected.file);
    if (!bytes)
      return;
    CAPTURE(expected.file);
    const auto journal = store::open_memory();
    const Rapport report = people(*journal, *bytes);
    CHECK(report.clos);
    CHECK(report.recus == expected.received);
    CHECK(report.lus == expected.read);
    CHECK(report.fautes == expected.faults);
    CHECK(report.doublons_proposes == expected.proposed);
    CHECK(accounted(report));
    for (const Refus &fault : report.refuses)
      CHECK((fault.champ != "NIR" || fault.valeur.size() <= 4));
    CHECK(people(*journal, *bytes).evenements == 2);
  }
  const auto good = sample("carnet/import_structures.csv");
  const auto buggy = sample("carnet/import_structures_buggy.csv");
  REQUIRE((good && buggy));
  const auto journal = store::open_memory();
  CHECK(structures(*journal, *good).lus == 2);
  CHECK(journal->subjects(Genre::structure, {}, 10).size() == 1);
  CHECK(journal->subjects(Genre::professionnel, {}, 10).size() == 2);
  const Rapport report = structures(*store::open_memory(), *buggy);
  CHECK(report.lus == 3);
  std::vector<std::string> fields;
  for (const Refus &fault : report.refuses)
    fields.push_back(fault.place + " " + fault.champ);
  // The blank of row 4 is an empty cell here; its telephone of six digits is kept, and said.
  CHECK(fields == std::vector<std::string>{"ligne 3 Nom", "ligne 4 Siret", "ligne 4 Site web", "ligne 4 Courriel",
                                           "ligne 4 Courriel responsable", "ligne 5 Site web"});
  CHECK(report.avertissements.size() == 2); // and the structure that it describes otherwise
}
