#include "tests/dossier/events.hpp"

#include "insertion/dossier/cles.hpp"
#include "insertion/dossier/noms.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

Releve record_of(std::string key, std::string surname, std::string first_name, std::string_view birth,
                 std::string nir = {}, std::string sex = {}) {
  Releve record;
  record.source = "caf.vrsb";
  record.cle = std::move(key);
  record.nom = std::move(surname);
  record.prenom = std::move(first_name);
  if (!birth.empty())
    record.naissance = day(birth);
  record.nir = std::move(nir);
  record.sexe = std::move(sex);
  return record;
}

// Attaches, and records the identity that the record gives.
Rattachement take(Journal &journal, const Releve &record, const OptionsIdentite &options = {}) {
  Evenement model;
  model.auteur = "import";
  model.source.nom = record.source;
  model.source.cle = record.cle;
  model.effet.debut = day("2022-02-28");
  Rattachement result = rattacher(journal, record, model, options);
  Evenement identity = model;
  identity.sujets = {result.dossier};
  identity.type = "identite";
  identity.contenu = feel::Context{{"nom", record.nom}, {"prenom", record.prenom}};
  if (!record.nom_naissance.empty())
    identity.contenu.set("nom_naissance", record.nom_naissance);
  if (!record.commune_naissance.empty())
    identity.contenu.set("commune_naissance", record.commune_naissance);
  if (record.naissance)
    identity.contenu.set("date_naissance", *record.naissance);
  std::vector<Evenement> events = result.evenements;
  events.push_back(identity);
  journal.append(events, instant("2022-03-05T12:00:00Z"));
  return result;
}

const Acte act{"conseillère", instant("2022-04-01T12:00:00Z"), day("2022-04-01"), "même personne, vue en entretien"};

} // namespace

TEST_CASE("a NIR is read with or without its key, in Corsica too", "[dossier][nir]") {
  // Invented: commune 990 of the 77 does not exist. Keys: 97 − (number mod 97), worked out with Python.
  CHECK(read_nir("2900577990123")->treize == "2900577990123");
  CHECK(read_nir("2 90 05 77 990 123 43")->mois == 5);
  CHECK(read_nir("290052A99012357")->treize == "290052A990123");
  CHECK(read_nir("290052B99012384"));
  CHECK(read_nir("290052b99012384"));
  CHECK(read_nir("2902077990123")->mois == 0); // month not known
  CHECK(read_nir("2\u00A090\u00A005\u00A077\u00A0990\u00A0123\u202F43")->treize == "2900577990123");
  CHECK(resembles_nir("2 90 05 77 990 123 46")); // whose key is wrong
  CHECK_FALSE(resembles_nir("205599000000000"));
  CHECK(read_nir("2-90-05-77-990-123-43"));
  CHECK(without_nir("Son NIR est 2900577990123.") == "Son NIR est 2….");
  CHECK(without_nir("n° 2 90 05 77 990 123 43, et 290057799012343") == "n° 2…, et 2…");
  CHECK(without_nir("CAF|771|2900577990123|") == "CAF|771|2…|");
  // A file number of more digits, a telephone, a number in parts without its key.
  for (const char *other : {"12900577990123", "29005779901231", "06 12 34 56 78 01 23 45 67 89", "2 90 05 77 990 123"})
    CHECK(without_nir(other) == other);
  for (const char *wrong : {"", "290057799012", "29005779901234", "3900577990123", "2901377990123", "2900077990123",
                            "2900577990000", "290057799012346", "290052C990123", "29005779901X3", "205599000000000"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_nir(wrong));
  }
  CHECK(masked_nir("2900577990123") == "2…");
}

TEST_CASE("the mask of a number is its first character, whole", "[dossier][nir]") {
  CHECK(masked_nir("à compléter") == "à…");
  CHECK(masked_nir("’2900577990123") == "’…");
  CHECK(masked_nir("\u2028").size() == 6);
  CHECK(masked_nir("").empty());
}

TEST_CASE("names are compared without accents, hyphens and capitals", "[dossier][identite]") {
  CHECK(normalized_name("Élise-Anne d'Exemple") == "ELISE ANNE D EXEMPLE");
  CHECK(normalized_name("  ÉLISE   anne  D’EXEMPLE ") == "ELISE ANNE D EXEMPLE");
  CHECK(normalized_name("Cœur-Lægreid") == "COEUR LAEGREID");
  CHECK(normalized_name("e\xCC\x81"
                        "preuve") == "EPREUVE"); // an accent of its own
  CHECK(normalized_name("Straße") == "STRASSE");
  CHECK(normalized_name("Пример") == normalized_name("ПРИМЕР"));
  CHECK(normalized_name("\xFF").empty());
}

TEST_CASE("the source's own key and the birth date attach", "[dossier][identite]") {
  const auto journal = store::open_memory();
  const auto first = take(*journal, record_of("CAF|771|0123456", "EXEMPLE", "ALINE", "1990-05-04"));
  CHECK(first.regle == RegleRattachement::nouveau);
  CHECK(first.evenements.size() == 1);
  // Next month she has another name, and is the same.
  const auto again = take(*journal, record_of("CAF|771|0123456", "EXEMPLE-TEST", "ALINE", "1990-05-04"));
  CHECK(again.dossier == first.dossier);
  CHECK(again.regle == RegleRattachement::cle_source);
  CHECK(again.deja);
  CHECK(again.evenements.empty());
  // The same key with another birth date is her husband.
  CHECK(take(*journal, record_of("CAF|771|0123456", "EXEMPLE", "MARC", "1988-01-30")).dossier != first.dossier);
}

TEST_CASE("a NIR attaches when sex, year and month are those it says", "[dossier][identite]") {
  const auto journal = store::open_memory();
  const auto first = take(*journal, record_of("CAF|771|1", "EXEMPLE", "ALINE", "1990-05-04", "2900577990123", "2"));
  Releve other = record_of("FT-9", "EXEMPLE", "ALINE", "1990-05-04", "290057799012343", "F");
  other.source = "france_travail.extrait";
  const auto attached = take(*journal, other);
  CHECK(attached.dossier == first.dossier);
  CHECK(attached.regle == RegleRattachement::nir);
  // The fingerprint is kept once, and the number nowhere.
  std::size_t prints = 0;
  journal->each(1, everything, [&](const Evenement &event) {
    prints += event.type == "identifiant" ? 1U : 0U;
    CHECK(write_json(to_value(event)).find("2900577990123") == std::string::npos);
  });
  CHECK(prints == 1);

  // Her son is listed under her number: his birth is not the one it says.
  const auto son = take(*journal, record_of("CAF|771|2", "EXEMPLE", "LÉO", "2015-09-01", "2900577990123", "1"));
  CHECK(son.dossier != first.dossier);
  REQUIRE(son.propositions.size() == 1);
  CHECK(son.propositions[0].raisons ==
        std::vector<std::string>{"même NIR, mais la naissance ou le sexe n'est pas celui qu'il dit"});
}

TEST_CASE("names and birth date only propose, with their reasons", "[dossier][identite]") {
  const auto journal = store::open_memory();
  Releve married = record_of("K1", "Test-Modèle", "Élise", "1990-05-04");
  married.nom_naissance = "D'Exemple";
  const auto first = take(*journal, married);
  struct Look {
    Releve record;
    std::string reason;
  };
  const std::vector<Look> looks{
      {record_of("K2", "Test-Modèle", "Élise", "1990-05-04"), "mêmes noms et date de naissance"},
      {record_of("K3", "TEST MODELE", "ELISE", "1990-05-04"),
       "mêmes noms aux accents, traits d'union ou capitales près, même date de naissance"},
      {record_of("K4", "d’exemple", "Elise", "1990-05-04"),
       "même nom de naissance, même prénom et même date de naissance"},
      {record_of("K5", "Test-Modèle", "Élise", "1990-04-05"), "mêmes noms, jour et mois de naissance échangés"},
  };
  for (const Look &look : looks) {
    CAPTURE(look.record.cle);
    const auto result = rattacher(*journal, look.record, Evenement{});
    CHECK(result.regle == RegleRattachement::nouveau);
    REQUIRE(result.propositions.size() == 1);
    CHECK(result.propositions[0].dossier == first.dossier);
    CHECK(result.propositions[0].raisons == std::vector<std::string>{look.reason});
  }
  // A particle, a double name cut, name and first name swapped.
  CHECK(rattacher(*journal, record_of("K8", "Modèle", "Élise", "1990-05-04"), {}).propositions.at(0).raisons ==
        std::vector<std::string>{"l'un des noms est une partie de l'autre, même prénom et même date de naissance"});
  CHECK(rattacher(*journal, record_of("K9", "Exemple", "Élise", "1990-05-04"), {}).propositions.at(0).raisons ==
        std::vector<std::string>{"mêmes noms à une particule près, même date de naissance"});
  CHECK(rattacher(*journal, record_of("K10", "ELISE", "TEST-MODELE", "1990-05-04"), {}).propositions.at(0).raisons ==
        std::vector<std::string>{"nom et prénom échangés, même date de naissance"});
  // Another birth date, another first name, or another birthplace when both give one: nothing.
  CHECK(rattacher(*journal, record_of("K6", "Test-Modèle", "Élise", "1991-05-04"), {}).propositions.empty());
  CHECK(rattacher(*journal, record_of("K7", "Test-Modèle", "Anne", "1990-05-04"), {}).propositions.empty());

  const auto sure = rattacher(*journal, looks[1].record, {}, {true});
  CHECK(sure.regle == RegleRattachement::noms);
  CHECK(sure.dossier == first.dossier);
}

TEST_CASE("too many of one name and birth date propose nobody, and it is said", "[dossier][identite]") {
  const auto journal = store::open_memory();
  for (std::size_t i = 0; i < 24; ++i) {
    const Rattachement result = take(*journal, record_of("K" + std::to_string(i), "Exemple", "Aline", "1990-05-04"));
    CHECK(result.trop_d_homonymes == (i > 20));
    CHECK(result.propositions.size() == (i > 20 ? 0 : i));
  }
}

TEST_CASE("a birthplace that differs sets two namesakes apart", "[dossier][identite]") {
  const auto journal = store::open_memory();
  Releve one = record_of("K1", "EXEMPLE", "ALINE", "1990-05-04");
  one.commune_naissance = "Ville-Inventée";
  const auto first = take(*journal, one);
  Releve other = record_of("K2", "EXEMPLE", "ALINE", "1990-05-04");
  CHECK(rattacher(*journal, other, {}).propositions.size() == 1);
  other.commune_naissance = "VILLE INVENTEE";
  CHECK(rattacher(*journal, other, {}).propositions.size() == 1);
  other.commune_naissance = "Autre-Ville";
  CHECK(rattacher(*journal, other, {}).propositions.empty());
  CHECK(rattacher(*journal, other, {}, {true}).dossier != first.dossier);
}

TEST_CASE("a proposal is recorded for both dossiers, and once", "[dossier][identite]") {
  const auto journal = store::open_memory();
  const auto first = take(*journal, record_of("K1", "EXEMPLE", "ALINE", "1990-05-04"));
  const auto second = take(*journal, record_of("K2", "EXEMPLE", "ALINE", "1990-05-04"));
  take(*journal, record_of("K2", "EXEMPLE", "ALINE", "1990-05-04"));
  for (const Sujet &dossier : {first.dossier, second.dossier}) {
    std::size_t proposals = 0;
    for (const Evenement &event : journal->about(dossier))
      proposals += event.type == "proposition_doublon" ? 1U : 0U;
    CHECK(proposals == 1);
  }
}

TEST_CASE("two dossiers merged are one from that day, and apart again when it is undone", "[dossier][fusion]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-01",
         {{"personne:a", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-01-01", "caf.vrsb"},
          {"personne:b", "adresse", R"({"commune": "Nangis"})", "2022-01-01", "carnet"}});
  CHECK(refusal([&] { fusionner(*journal, subject("personne:a"), subject("personne:x"), act); }) == "E005");
  const std::string merge = fusionner(*journal, subject("personne:a"), subject("personne:b"), act);

  for (const char *id : {"personne:a", "personne:b"}) {
    const Situation one = situation(*journal, subject(id), day("2022-04-15"));
    CHECK(one.sujet == subject("personne:a"));
    CHECK(one.absorbes == std::vector{subject("personne:b")});
    CHECK(fact(one, "identite.nom") == "EXEMPLE (caf.vrsb, source_unique)");
    CHECK(fact(one, "adresse.commune") == "Nangis (carnet, source_unique)");
  }
  // Before it was known, they were two.
  const Situation before =
      situation(*journal, subject("personne:b"), day("2022-04-15"), Connaissance::parse("2022-03-31").value());
  CHECK(before.sujet == subject("personne:b"));
  CHECK(fact(before, "identite.nom") == "-");
  CHECK(refusal([&] { fusionner(*journal, subject("personne:b"), subject("personne:a"), act); }) == "E007");

  record(*journal, "2022-05-01",
         {{"personne:a", "frein", R"({"code": "sante", "reponse": "oui"})", "2022-05-01", "saisie", "s-1"},
          {"personne:a", "frein", R"({"code": "mobilite", "reponse": "oui"})", "2022-05-01", "saisie", "s-2"}});
  const auto since = evenements_depuis(*journal, merge);
  REQUIRE(since.size() == 2);
  Acte later = act;
  later.at = instant("2022-06-01T12:00:00Z");
  // Every event since is assigned, and to one of the two.
  CHECK(refusal([&] { defusionner(*journal, merge, {{"s-1", subject("personne:b")}}, later); }) == "E007");
  CHECK(refusal([&] {
          defusionner(*journal, merge, {{"s-1", subject("personne:b")}, {"s-2", subject("personne:c")}}, later);
        }) == "E007");
  defusionner(*journal, merge, {{"s-1", subject("personne:b")}, {"s-2", subject("personne:a")}}, later);

  const Situation a = situation(*journal, subject("personne:a"), day("2022-06-15"));
  const Situation b = situation(*journal, subject("personne:b"), day("2022-06-15"));
  CHECK(a.sujet == subject("personne:a"));
  CHECK(b.sujet == subject("personne:b"));
  CHECK(fact(a, "frein.sante.reponse") == "-");
  CHECK(fact(a, "frein.mobilite.reponse") == "oui (saisie, source_unique)");
  CHECK(fact(b, "frein.sante.reponse") == "oui (saisie, source_unique)");
  CHECK(fact(b, "identite.nom") == "-");
  // What was known in May is still what was known in May.
  CHECK(fact(situation(*journal, subject("personne:b"), day("2022-05-15"), Connaissance::parse("2022-05-15").value()),
             "frein.mobilite.reponse") == "oui (saisie, source_unique)");
  CHECK(refusal([&] { defusionner(*journal, merge, {}, later); }) == "E007");
}

TEST_CASE("three dossiers merged in turn are one", "[dossier][fusion]") {
  const auto journal = store::open_memory();
  for (const char *id : {"personne:a", "personne:b", "personne:c"})
    record(*journal, "2022-03-01", {{id, "statut", R"({"code": "brsa", "reponse": "oui"})", "2022-01-01"}});
  fusionner(*journal, subject("personne:b"), subject("personne:c"), act);
  fusionner(*journal, subject("personne:a"), subject("personne:c"), act); // c is b by now
  CHECK(holder(*journal, subject("personne:c")) == subject("personne:a"));
  CHECK(holder(*journal, subject("personne:b")) == subject("personne:a"));
}

TEST_CASE("an attachment is undone: its record and what it said go to a new dossier", "[dossier][identite]") {
  const auto journal = store::open_memory();
  const auto first = take(*journal, record_of("K1", "EXEMPLE", "ALINE", "1990-05-04", "2900577990123", "2"));
  Releve twin = record_of("K2", "EXEMPLE", "ALINE", "1990-05-04", "2900577990123", "2"); // a number given to two
  const auto second = take(*journal, twin);
  REQUIRE(second.dossier == first.dossier);
  std::string attachment;
  for (const Evenement &event : journal->about(first.dossier))
    if (event.type == "rattachement" && event.source.cle == "K2")
      attachment = event.id;
  const Sujet apart = detacher(*journal, attachment, act);
  CHECK(apart != first.dossier);
  CHECK(fact(situation(*journal, apart, day("2022-04-15")), "identite.nom") == "EXEMPLE (caf.vrsb, source_unique)");
  CHECK(fact(situation(*journal, first.dossier, day("2022-04-15")), "identite.nom") ==
        "EXEMPLE (caf.vrsb, source_unique)");
  // The next file finds each where it is.
  CHECK(rattacher(*journal, twin, {}).dossier == apart);
  CHECK(rattacher(*journal, record_of("K1", "EXEMPLE", "ALINE", "1990-05-04"), {}).dossier == first.dossier);
}

TEST_CASE("erasing a person takes what was merged, and the household when she was the last", "[dossier][effacement]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-01",
         {{"personne:a foyer:f", "appartenance", R"({"foyer": "foyer:f"})", "2022-01-01"},
          {"personne:b foyer:f", "appartenance", R"({"foyer": "foyer:f"})", "2022-01-01"},
          {"personne:c", "contact", R"({"courriels": ["a@example.org"]})", "2022-01-01"},
          {"foyer:f", "situation_familiale", R"({"code": "MAR"})", "2022-01-01"}});
  fusionner(*journal, subject("personne:a"), subject("personne:c"), act);
  CHECK(effacer(*journal, subject("personne:c"), act).size() == 2); // a and c; b keeps the household
  CHECK(refusal([&] { situation(*journal, subject("personne:a"), day("2022-04-15")); }) == "E005");
  CHECK(fact(situation(*journal, subject("personne:b"), day("2022-04-15")), "foyer.situation_familiale.code") ==
        "MAR (saisie, source_unique)");
  CHECK(effacer(*journal, subject("personne:b"), act).size() == 2);
  CHECK(journal->subjects(Genre::foyer, "", 10).empty());
  CHECK(journal->verify().intact);
}

TEST_CASE("a record takes over the dossier that waits for it under its identifier", "[dossier][identite]") {
  const auto journal = store::open_memory();
  // Someone of the same names is known from elsewhere; a dossier without identity holds the actions of an identifier.
  const Rattachement known = take(*journal, record_of("M1/1", "Exemple", "Aline", "1990-05-17"));
  record(*journal, "2022-03-05",
         {{"personne:attente", "identifiant", R"({"genre": "france_travail", "valeur": "ft-1"})", "2022-02-28"}});
  Releve late = record_of("ft-1", "Exemple", "Aline", "1990-05-17");
  late.attente = subject("personne:attente");
  const Rattachement taken = take(*journal, late);
  CHECK(taken.dossier == subject("personne:attente"));
  CHECK(text(taken.regle) == "cle_source");
  CHECK_FALSE(taken.deja);
  REQUIRE(taken.propositions.size() == 1); // never merged silently
  CHECK(taken.propositions[0].dossier == known.dossier);

  // Once it is attached elsewhere by its own key, the one that waits is proposed.
  Releve attached = record_of("M1/1", "Exemple", "Aline", "1990-05-17");
  attached.attente = subject("personne:attente");
  const Rattachement both = take(*journal, attached);
  CHECK(both.dossier == known.dossier);
  CHECK(both.deja);
  REQUIRE(both.propositions.size() == 1);
  CHECK(both.propositions[0].raisons == std::vector<std::string>{"même identifiant"});
}

TEST_CASE("surnames are alike through apostrophes, particles, saints and cuts", "[dossier][identite]") {
  CHECK(name_forms("de La Maquette") == std::vector<std::string>{"DELAMAQUETTE", "LAMAQUETTE", "MAQUETTE"});
  CHECK(name_forms("d'Exemple") == std::vector<std::string>{"DEXEMPLE", "EXEMPLE"});
  CHECK(name_forms("Le") == std::vector<std::string>{"LE"}); // a name all the same
  CHECK(name_forms("St-Exemple") == std::vector<std::string>{"SAINTEXEMPLE"});
  CHECK(name_forms("--").empty());
  CHECK(name_parts("Exemple-Tilleul de la Pinède") == std::vector<std::string>{"EXEMPLE", "TILLEUL", "PINEDE"});
  CHECK(name_parts("de La Maquette").empty());
  CHECK(compare_surnames("Exemple", "Exemple") == Ressemblance::identiques);
  CHECK(compare_surnames("Exemple-Érable", "EXEMPLE ERABLE") == Ressemblance::ecriture);
  CHECK(compare_surnames("d'Exemple", "DEXEMPLE") == Ressemblance::apostrophe);
  CHECK(compare_surnames("Ste Exemple", "SAINTE-EXEMPLE") == Ressemblance::apostrophe);
  CHECK(compare_surnames("du Pin", "PIN") == Ressemblance::particule);
  CHECK(compare_surnames("Exemple-Tilleul", "Tilleul") == Ressemblance::nom_coupe);
  CHECK(compare_surnames("Exemple-Tilleul", "Exemple-Pin") == Ressemblance::differentes);
  CHECK(compare_surnames("", "--") == Ressemblance::differentes);
  CHECK(alike_first_names("Élise-Anne", "ANNE"));
  CHECK_FALSE(alike_first_names("Élise", "Anne"));
}

TEST_CASE("a NIR whose bearer is contradicted is nobody's, a change of name contradicts nothing",
          "[dossier][identite]") {
  const auto journal = store::open_memory();
  constexpr const char *number = "2900577990123";
  const auto first = take(*journal, record_of("K1", "EXEMPLE", "ALINE", "1990-05-04", number, "2"));
  const auto other = take(*journal, record_of("K2", "MODELE", "BRUNE", "1990-05-21", number, "2"));
  CHECK(other.dossier != first.dossier);
  CHECK(other.propositions.at(0).raisons ==
        std::vector<std::string>{"même NIR, mais le jour de naissance et les noms diffèrent"});
  CHECK_FALSE(other.nir_faute.empty());
  const std::string print = journal->nir_fingerprints(number).front();
  const auto bears = [&](const Sujet &dossier) {
    return situation(*journal, dossier, day("2022-04-15")).find("identifiant.nir/" + print + ".valeur") != nullptr;
  };
  CHECK_FALSE(bears(first.dossier));
  CHECK_FALSE(bears(other.dossier));
  // A surname that changed, a day that is not known, contradict nothing.
  const auto journal_of_marriage = store::open_memory();
  const auto maiden = take(*journal_of_marriage, record_of("K1", "EXEMPLE", "ALINE", "1990-05-04", number, "2"));
  Releve married = record_of("F1", "MODELE", "ALINE", "1990-05-04", number, "2");
  married.source = "france_travail.extrait";
  CHECK(take(*journal_of_marriage, married).dossier == maiden.dossier);
}
