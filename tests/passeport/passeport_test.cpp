// The life of an item of the passport: who vouches, what falls, who may do what; what is proposed, shared, written out.
#include "tests/passeport/salle.hpp"

using namespace spie;
using namespace spie::passeport;
using namespace spie::testing;

namespace {

const std::string seen = R"("qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "elle a tenu la caisse seule")";
const std::string proved = R"("moyen": "liste_certificateur", "certification": "RNCP37098", "liste": "liste du 1er mai",
       "verifie_le": {"@date": "2022-05-02"})";

} // namespace

TEST_CASE("an item begins with her word, and rises only by a step that says why", "[passeport]") {
  Salle room;
  const std::string id = room.adds();
  CHECK(room.sees().elements.at(0).assurance == "declare");
  // Nobody confirms for himself, without a name, or without what was seen.
  CHECK(room.refused("personne", "passeport.confirmer", "2022-04-10", of(id, seen)) == "R002");
  CHECK(room.refused("referent", "passeport.confirmer", "2022-04-10",
                     of(id, R"("qualite": "tuteur", "vu": "elle a tenu la caisse")")) == "Q001 at /contenu/par");
  CHECK(room.refused("referent", "passeport.confirmer", "2022-04-10",
                     of(id, R"("qualite": "tuteur", "nom_garant": "M. X")")) == "Q001 at /contenu/vu");
  CHECK(room.refused("referent", "passeport.confirmer", "2022-04-10",
                     of(id, R"("qualite": "pair", "par": "personne:aline", "vu": "moi")")) == "Q001 at /contenu/par");
  room.does("referent", "passeport.confirmer", "2022-04-10", of(id, seen));
  const Element held = room.sees().elements.at(0);
  CHECK(held.assurance == "confirme");
  CHECK(held.garants.at(0).nom == "Mme Inventée");
  CHECK(held.histoire.size() == 2);
  CHECK(held.histoire.back().auteur == "professionnel:rene");
  // The day before, it was declared.
  CHECK(room.sees("personne", "2022-04-09").elements.at(0).assurance == "declare");
}

TEST_CASE("a guarantee asks for its proof, and goes down when that falls", "[passeport]") {
  Salle room;
  const std::string id = room.adds();
  room.does("referent", "passeport.confirmer", "2022-04-10", of(id, seen));
  CHECK(room.refused("referent", "passeport.garantir", "2022-05-03", of(id, R"("moyen": "observation", "liste": "l",
                     "verifie_le": {"@date": "2022-05-02"})")) == "Q001 at /contenu/moyen");
  CHECK(room.refused("referent", "passeport.garantir", "2022-05-03", of(id, R"("moyen": "badge", "liste": "l",
                     "verifie_le": {"@date": "2022-05-02"})")) == "Q001 at /contenu/badge");
  CHECK(room.refused("referent", "passeport.garantir", "2022-05-01", of(id, proved)) == "Q001 at /contenu/verifie_le");
  const auto done = room.does("referent", "passeport.garantir", "2022-05-03", of(id, proved));
  CHECK(room.sees().elements.at(0).assurance == "garanti");
  CHECK(room.refused("referent", "passeport.defaire", "2022-05-20", of(id, R"("motif": "badge_revoque")")) ==
        "Q001 at /contenu/garantie"); // two stand: which one
  const std::string event = done.evenements.front().id;
  room.does("referent", "passeport.defaire", "2022-05-20",
            of(id, R"("motif": "badge_revoque", "garantie": ")" + event + R"(")"));
  const Element held = room.sees().elements.at(0);
  CHECK(held.assurance == "confirme"); // the tutor's word still stands
  CHECK(held.garants.at(1).tient == false);
  CHECK(held.garants.at(1).motif == "badge_revoque");
  CHECK(held.garants.at(1).tombe_le == day("2022-05-20"));
  std::string steps;
  for (const Pas &one : held.histoire)
    steps += one.etape + ":" + one.assurance + " ";
  CHECK(steps == "ajoute:declare confirme:confirme garanti:garanti tombe:confirme ");
  CHECK(room.sees("personne", "2022-05-19").elements.at(0).assurance == "garanti");
  // It falls once.
  CHECK(room.refused("referent", "passeport.defaire", "2022-05-21",
                     of(id, R"("motif": "badge_revoque", "garantie": ")" + event + R"(")")) ==
        "Q001 at /contenu/garantie");
}

TEST_CASE("a contest is shown until somebody vouches anew, and she alone withdraws", "[passeport]") {
  Salle room;
  const std::string id = room.adds();
  room.does("membre", "passeport.contester", "2022-04-11", of(id, R"("motif": "desaccord")"));
  CHECK(room.sees().elements.at(0).conteste);
  CHECK(room.sees().elements.at(0).contestation == "desaccord");
  room.does("referent", "passeport.confirmer", "2022-04-12", of(id, seen));
  CHECK_FALSE(room.sees().elements.at(0).conteste);
  CHECK(room.refused("referent", "passeport.retirer", "2022-04-13", of(id, R"("motif": "erreur")")) == "R002");
  room.does("personne", "passeport.retirer", "2022-04-13", of(id, R"("motif": "choix_personne")"));
  CHECK(room.sees().elements.empty());
  CHECK(room.sees().retires.size() == 1);
  CHECK(room.refused("referent", "passeport.confirmer", "2022-04-14", of(id, seen)) == "Q002 at /acte");
}

TEST_CASE("an item says what it is, a code of the ROME its release, and none a NIR", "[passeport]") {
  Salle room;
  CHECK(room.refused("personne", "passeport.ajouter", "2022-04-01", R"({"genre": "competence"})") ==
        "Q001 at /contenu/libelle");
  CHECK(room.refused("personne", "passeport.ajouter", "2022-04-01",
                     R"({"genre": "competence", "code_rome": "300465"})") == "Q001 at /contenu/version_rome");
  CHECK(room.refused("personne", "passeport.ajouter", "2022-04-01",
                     R"({"genre": "competence", "libelle": "x", "vu": "bien"})") == "Q001 at /contenu/vu");
  CHECK(room.refused("personne", "passeport.ajouter", "2022-04-01",
                     R"({"genre": "experience", "libelle": "x", "debut": {"@date": "2021-02-01"},
                         "fin": {"@date": "2021-01-01"}})") == "Q001 at /contenu/fin");
  CHECK(room.refused("personne", "passeport.ajouter", "2022-04-01",
                     R"({"genre": "competence", "libelle": "n° 1900677123456"})") == "Q002 at /contenu/libelle");
  const std::string id = room.adds(
      R"({"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"})");
  const Element held = room.sees().elements.at(0);
  CHECK(held.references.at(0).version == "v460");
}

TEST_CASE("the passport stands under the mask of who reads it", "[passeport]") {
  Salle room;
  room.adds(R"({"genre": "competence", "libelle": "Tenir une caisse", "code_rome": "300465",
                "nature_rome": "competence", "version_rome": "v460"})");
  CHECK(room.sees("referent").elements.at(0).libelle == "Tenir une caisse");
  // A member sees the code, and not her words.
  CHECK(room.sees("membre").elements.at(0).libelle.empty());
  CHECK(room.sees("membre").elements.at(0).references.at(0).code == "300465");
  CHECK(room.sees("pressenti").elements.empty());
  CHECK(room.entries_of("passeport") == 4);
}

TEST_CASE("the dossier proposes, with its reason; she keeps or refuses each", "[passeport]") {
  Salle room;
  room.tells(
      {{"personne:aline", "emploi", R"({"id": "E", "etape": "termine", "metier": "D1507"})", "2022-03-20", "carnet"},
       {"personne:aline", "bilan_immersion",
        R"({"immersion": "I", "issue": "complete", "observations": [{"code": "o1", "libelle": "Sourit aux clients"}]})",
        "2022-03-25"}});
  const auto proposed = [&] {
    return propositions(room.guichet, rights(), *national_pack(), nullptr, room.asks("personne"), room.aline,
                        day("2022-06-01"))
        .propositions;
  };
  const auto found = [&](const std::string &id) {
    for (const Proposition &one : proposed())
      if (one.id == id)
        return one;
    return Proposition{};
  };
  CHECK(found("emploi_tenu/E").code_rome == "D1507");
  CHECK(found("emploi_tenu/E").fonde_sur.size() == 1);
  CHECK(found("emploi_tenu/E").motif == "Un emploi est écrit dans le dossier.");
  CHECK(found("permis/permis_b").etat == "a_choisir");
  CHECK(found("immersion_observee/I/o1").libelle == "Sourit aux clients");
  CHECK(found("immersion_observee/I/o1").immersion == "I");
  room.does("personne", "passeport.ajouter", "2022-04-05",
            R"({"genre": "experience", "libelle": "Caissière", "proposition": "emploi_tenu/E"})");
  room.does("personne", "passeport.refuser", "2022-04-05",
            R"({"proposition": "permis/permis_b", "motif": "ne_veut_pas"})");
  CHECK(found("emploi_tenu/E").etat == "gardee");
  CHECK(found("permis/permis_b").etat == "refusee");
}

TEST_CASE("a share is hers, of what is there, for a time; what leaves is written under it", "[passeport]") {
  Salle room;
  const std::string id = room.adds();
  const auto share = [&](const std::string &more) {
    return R"({"destinataire": "Boulangerie inventée", "finalite": "candidature", "fin": {"@date": "2022-07-01"},
               "elements": [")" +
           id + R"("])" + more + "}";
  };
  CHECK(room.refused("membre", "passeport.partager", "2022-05-01", share("")) == "R002");
  CHECK(room.refused("referent", "passeport.partager", "2022-05-01", share("")) == "Q002 at /contenu/accord_recueilli");
  CHECK(room.refused("personne", "passeport.partager", "2023-05-01", share("")) == "Q002 at /contenu/fin");
  CHECK(room.refused("personne", "passeport.partager", "2022-05-01", share(R"(, "champs": ["nom"])")) ==
        "Q002 at /contenu/champs");
  CHECK(room.refused("personne", "passeport.partager", "2022-05-01",
                     R"({"destinataire": "B", "finalite": "candidature", "fin": {"@date": "2022-07-01"},
                         "elements": ["autre"]})") == "Q001 at /contenu/elements");
  const std::string health = R"(, "mots": [{"element": ")" + id + R"(", "texte": "Malgré mon Handicap"}])";
  CHECK(room.refused("personne", "passeport.partager", "2022-05-01", share(health)) == "Q002 at /contenu/mots");
  const auto opened = room.does("personne", "passeport.partager", "2022-05-01", share(""));
  const std::string key = text_of(opened.evenements.front().contenu, "id");
  CHECK(text_of(opened.evenements.front().contenu, "accord_recueilli") == "par_elle");
  const auto out = R"({"partage": ")" + key + R"(", "forme": "json"})";
  CHECK(room.refused("personne", "passeport.remettre", "2022-07-02", out) == "Q002 at /effet");
  room.does("personne", "passeport.remettre", "2022-05-02", out);
  CHECK(room.sees().partages.at(0).remises.at(0).elements.at(0) == id);
  CHECK(room.sees().partages.at(0).etat == "ouvert");
  CHECK(room.sees("personne", "2022-07-02").partages.at(0).etat == "echu");
  room.does("personne", "passeport.cesser", "2022-05-10", R"({"id": ")" + key + R"("})");
  CHECK(room.refused("personne", "passeport.remettre", "2022-05-11", out) == "Q002 at /contenu/partage");
  CHECK(room.sees().partages.at(0).etat == "cesse");
}
