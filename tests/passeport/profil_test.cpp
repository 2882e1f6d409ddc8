// What is made of a passport: a profile beside it, what an immersion lets be issued, what may leave under a share.
#include "spie/passeport/profil.hpp"

#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/passeport/tri.hpp"
#include "tests/passeport/salle.hpp"

using namespace spie;
using namespace spie::passeport;
using namespace spie::testing;

namespace {

const std::string team =
    R"({"genre": "competence", "libelle": "Je travaille en équipe", "code_rome": "300465",
        "nature_rome": "competence", "version_rome": "v460"})";
const std::string confirmed = R"("qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "toute la semaine")";

Comparaison compared(Salle &room, const std::string &jobs, const std::string &release = "v460",
                     const std::string &role = "referent") {
  const auto asked = read_demande_comparaison(read_json(
      R"({"profil": {"id": "vente", "titre": "Vente", "metier": "D1507", "du": "2022-01-01",
          "construit_avec": ["Réseau inventé"], "attendus": [
            {"referentiel": "rome", "code": "300465", "version": ")" +
      release + R"(", "poids": 2},
            {"referentiel": "france_competences", "code": "RNCP37098"}]}, "metiers": [)" +
      jobs + "]}"));
  return comparer(room.guichet, rights(), *national_pack(), room.asks(role), room.aline, day("2022-06-01"),
                  asked.profil, asked.metiers, asked.bassin);
}
const std::string listed = R"({"rome": "D1507", "bassin": "Meaux", "du": "2022-01-01", "source": "enquête inventée"})";

} // namespace

TEST_CASE("a passport against a profile is covered, to be confirmed or missing, with the next step", "[passeport]") {
  Salle room;
  const std::string id = room.adds(team);
  Comparaison read = compared(room, listed);
  CHECK(read.ecarts.at(0).etat == "a_confirmer");
  CHECK(read.ecarts.at(0).preuve == "declare");
  CHECK(read.ecarts.at(0).suite == "immersion");
  CHECK(read.ecarts.at(1).etat == "manque");
  CHECK(read.ecarts.at(1).suite == "formation");
  CHECK(read.specifique.conclusion == "a_proposer");
  CHECK(read.specifique.immersion);
  room.does("referent", "passeport.confirmer", "2022-04-10", of(id, confirmed));
  read = compared(room, listed);
  CHECK(read.ecarts.at(0).etat == "couvert");
  CHECK(read.poids_couvert == 2);
  CHECK(read.poids_total == 3);
  // The same code of another release is not the same thing.
  CHECK(compared(room, listed, "v461").ecarts.at(0).suite == "verifier_version");
  // An empty list says neither yes nor no; another one says no.
  CHECK(compared(room, "").specifique.conclusion == "inconnu");
  CHECK(compared(room, R"({"rome": "K1303", "du": "2022-01-01", "source": "s"})").specifique.conclusion == "non");
  // Who does not see the passport is told nothing of it.
  CHECK(compared(room, listed, "v460", "pressenti").ecarts.at(0).etat == "inconnu");
  CHECK(refusal([&] {
          read_profil(read_json(R"({"id": "x", "titre": "t", "du": "2022-01-01", "attendus": []})"));
        }).starts_with("Q001"));
}

TEST_CASE("an immersion lets a badge be issued: never after a no-show, partly under conditions", "[passeport]") {
  Salle room;
  room.tells({{"personne:aline", "immersion",
               R"({"id": "I", "etape": "terminee", "structure": "structure:s", "date_debut": {"@date": "2022-03-07"},
               "date_fin": {"@date": "2022-03-18"}})",
               "2022-03-07"},
              {"professionnel:rene", "professionnel", R"({"nom": "MODELE", "prenom": "René"})", "2022-03-01"}});
  const auto issued = [&] {
    return badge_immersion(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline,
                           day("2022-06-01"), "I");
  };
  const auto review = [&](const std::string &more) {
    room.tells({{"personne:aline", "bilan_immersion", R"({"immersion": "I", )" + more + "}", "2022-03-20"}});
  };
  CHECK(issued().decision == "inconnu"); // no outcome
  review(R"("issue": "complete")");
  const std::string id = room.adds(R"({"genre": "competence", "libelle": "Sourire", "immersion": "I"})", "2022-04-04");
  CHECK(issued().decision == "inconnu"); // nobody picked codes
  const std::string codes =
      R"(, "code_rome": "399999", "nature_rome": "competence", "version_rome": "v460", "niveau": "pratique")";
  room.does("referent", "passeport.confirmer", "2022-04-10", of(id, confirmed + codes));
  CHECK(issued().decision == "inconnu"); // René is not trained
  room.tells({{"professionnel:rene", "habilitation", R"({"objet": "passeport", "etape": "accordee"})", "2022-03-01"}});
  const BadgePossible made = issued();
  CHECK(made.decision == "delivrable");
  CHECK(made.source == "structure:s");
  CHECK(made.debut == day("2022-03-07"));
  CHECK(made.acquis.at(0).code == "399999");
  CHECK(made.acquis.at(0).version == "v460");
  review(R"("issue": "partielle")");
  CHECK(issued().decision == "inconnu"); // how many hours
  review(R"("issue": "partielle", "heures_manquees": 15)");
  CHECK(issued().decision == "refuse");
  review(R"("issue": "partielle", "heures_manquees": 14, "dernier_jour": {"@date": "2022-03-16"})");
  CHECK(issued().decision == "delivrable");
  CHECK(issued().fin == day("2022-03-16"));
  review(R"("issue": "non_presente")");
  CHECK(issued().decision == "refuse");
  CHECK(issued().acquis.empty());
}

TEST_CASE("words of health and of justice are found whatever their number, their dots, their digits, their script",
          "[passeport]") {
  const std::vector<std::string> held{"rqth", "aah", "handicap", "casier judiciaire", "maison d'arrêt", "détenu"};
  for (const char *told : {"RQTH", "R.Q.T.H.", "en R. Q. T. H. depuis", "aah2021", "2021aah", "handicap2022",
                           "deux casiers judiciaires", "Maisons d’arrêt", "détenues", "un hаndicap", "ｈａｎｄｉｃａｐ",
                           "un handi-cap", "han‐di‑cap", "handi\u00ADcap", "handi-\ncap", "casier-judi-ciaire"}) {
    INFO(told);
    CHECK(parcours::holds_word(told, held));
  }
  for (const char *told : {"Vente", "الأمل dans l’équipe", "Łódź, Tromsø", "10 µm", "A. A. Hélène", "R.Q.T. Hier",
                           "Maison et arrêt", "ИВАН", "un casier", "2021", "handi cap-vers", "porte-à-porte"}) {
    INFO(told);
    CHECK_FALSE(parcours::holds_word(told, held));
  }
}

TEST_CASE("the pack holds back the houses of health and of justice, and the names of pages", "[passeport]") {
  const feel::Value &data = *national_pack()->data("passeport");
  const json::Reader rules(data, "passeport.json#", {Code::pack_json});
  const auto held = rules.at("partage").texts("mots_retenus");
  for (const char *told :
       {"Centre hospitalier psychiatrique", "Centre pénitentiaire de Réau", "CSAPA Addictologie 77", "SPIP de Melun",
        "Maison d’arrêt", "prison", "schizophrénie", "casiers judiciaires", "MDPH 77"}) {
    INFO(told);
    CHECK(parcours::holds_word(told, held));
  }
  for (const char *told : {"Boulangerie Exemple", "Soudure TIG", "Serrer des écrous"})
    CHECK_FALSE(parcours::holds_word(told, held));
  CHECK_NOTHROW(admettre_nom(rules, "Aline"));
  CHECK(refusal([&] { admettre_nom(rules, "Aline, RQTH, ancienne détenue"); }) == "Q002 at /nom");
  CHECK(refusal([&] { admettre_nom(rules, "1 85 05 78 006 084 91"); }) == "Q002 at /nom");
}

TEST_CASE("what leaves is what was chosen, without health, justice, NIR or words that nobody opened", "[passeport]") {
  Salle room;
  room.tells({{"structure:e", "structure", R"({"nom": "ESAT des Tilleuls"})", "2022-03-01"},
              {"structure:b", "structure", R"({"nom": "Boulangerie Exemple"})", "2022-03-01"}});
  const std::string coded = room.adds(team);
  const std::string free =
      room.adds(R"({"genre": "competence", "libelle": "Suivie pour ma maladie", "lieu": "Meaux"})");
  const std::string typed = room.adds(R"({"genre": "experience", "libelle": "x", "structure": "structure:e",
                    "debut": {"@date": "2021-01-01"}})");
  const std::string shop = room.adds(R"({"genre": "experience", "libelle": "y", "structure": "structure:b"})");
  const std::string contested = room.adds(team);
  room.adds(R"({"genre": "langue", "libelle": "Lingala"})");
  room.does("membre", "passeport.contester", "2022-04-11", of(contested, R"("motif": "desaccord")"));
  const auto opened = room.does(
      "personne", "passeport.partager", "2022-05-01",
      R"({"destinataire": "B", "finalite": "candidature", "fin": {"@date": "2022-07-01"}, "champs": ["structure"],
          "elements": [")" +
          coded + R"(", ")" + free + R"(", ")" + typed + R"(", ")" + shop + R"(", ")" + contested +
          R"("], "mots": [{"element": ")" + typed + R"(", "texte": "Ouvrière"}, {"element": ")" + shop +
          R"(", "texte": "Vendeuse"}]})");
  const std::string key = text_of(opened.evenements.front().contenu, "id");
  const auto leaves = [&](std::string_view at = "2022-06-01") {
    return selectionner(room.guichet, rights(), *national_pack(), room.asks("personne"), room.aline, day(at), key);
  };
  const Selection made = leaves();
  REQUIRE(made.elements.size() == 3);
  std::map<std::string, Sorti> out;
  for (const Sorti &one : made.elements)
    out[one.element] = one;
  CHECK(out[coded].texte == "Avoir l'esprit d'équipe"); // the pack's word for the code, not hers
  CHECK(out[typed].texte == "Ouvrière");
  CHECK(out[typed].structure.empty()); // its name tells of health
  CHECK_FALSE(out[typed].debut);       // a field that was not chosen
  CHECK(out[shop].structure == "Boulangerie Exemple");
  CHECK(made.partiel);
  const feel::Value written = to_value(made);
  const std::string whole = write_json(*written.context().find("elements"));
  for (const char *hidden : {"maladie", "ESAT", "EXEMPLE", "Aline", "Lingala"})
    CHECK(whole.find(hidden) == std::string::npos);
  // Declassified, words of health do not leave either.
  const auto view = room.sees();
  for (const Element &one : view.elements)
    if (one.id == free)
      room.tells({{"personne:aline", "declassement",
                   R"({"evenement": ")" + one.histoire.at(0).evenement + R"(", "champ": "libelle"})", "2022-05-02"}});
  CHECK(leaves().elements.size() == 3);
  CHECK(refusal([&] { leaves("2022-07-02"); }) == "Q002 at /partage");
}
