// The passport of skills through C: added, proposed, set beside a profile, selected under a share.
#include "tests/capi/c_api.hpp"

#include <fstream>
#include <iterator>

using namespace capi_test;

namespace {

using Store = Handle<spie_store, spie_store_free>;
using Desk = Handle<spie_desk, spie_desk_free>;

const std::string aline = R"([
  {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
  {"type": "ressource", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
   "contenu": {"code": "pix", "reponse": "oui"}}])";

} // namespace

TEST_CASE("a passport is filled, proposed for, compared and selected from through C") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), aline.data(), aline.size(), "2022-03-05T12:00:00Z",
                             &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  const char *role = "personne";
  spie_demand who SPIE_DEMAND_INIT;
  who.actor = "personne:aline";
  who.purpose = "accompagnement";
  who.roles = &role;
  who.roles_count = 1;
  who.asked_at = "2022-04-01T08:00:00Z";
  const auto act = [&](const std::string &asked) {
    return spie_desk_act(text.out(), text.length(), desk.get(), store.get(), &who, asked.data(), asked.size(), &error);
  };
  CHECK_OK(act(R"({"acte": "passeport.ajouter", "sujet": "personne:aline", "effet": "2022-04-01", "contenu":
    {"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"}})"));
  const std::string item = text.json()["evenements"][0]["contenu"]["id"];
  CHECK_OK(spie_desk_passport(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline", "2022-04-01",
                              &error));
  CHECK(text.json()["elements"][0]["assurance"] == "declare");
  CHECK_OK(spie_desk_passport_proposals(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", &error));
  CHECK(text.json()["propositions"][0]["id"] == "pix/pix");
  const std::string profile = R"({"profil": {"id": "v", "titre": "Vente", "du": "2022-01-01", "construit_avec": ["x"],
    "attendus": [{"referentiel": "rome", "code": "300465", "version": "v460"}]}})";
  CHECK_OK(spie_desk_passport_compare(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                      "2022-04-01", profile.data(), profile.size(), &error));
  CHECK(text.json()["ecarts"][0]["etat"] == "a_confirmer");
  CHECK_REFUSED(spie_desk_passport_badge(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                         "2022-04-01", "I", &error),
                SPIE_ERROR_PATH, "Q002");
  CHECK_OK(act(R"({"acte": "passeport.partager", "sujet": "personne:aline", "effet": "2022-04-01", "contenu":
    {"destinataire": "B", "finalite": "entretien", "fin": {"@date": "2022-05-01"}, "elements": [")" +
               item + R"("]}})"));
  const std::string share = text.json()["evenements"][0]["contenu"]["id"];
  CHECK_OK(spie_desk_passport_selection(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                        "2022-04-01", share.c_str(), &error));
  CHECK(text.json()["elements"][0]["texte"] == "Avoir l'esprit d'équipe");
  CHECK_REFUSED(spie_desk_passport_selection(text.out(), text.length(), desk.get(), store.get(), &who, "personne:aline",
                                             "2022-06-01", share.c_str(), &error),
                SPIE_ERROR_PATH, "Q002");
}

TEST_CASE("an endorsement is asked for, signed, verified, joined to a badge through C") {
  Store store;
  Desk desk;
  Pack pack;
  Text text;
  CError error;
  Handle<spie_key, spie_key_free> key;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/seine-et-marne-2022-2023", nullptr, &error));
  CHECK_OK(spie_store_memory(store.out(), nullptr, &error));
  const std::string said = R"([
    {"type": "identite", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
     "contenu": {"nom": "EXEMPLE", "prenom": "Aline"}},
    {"type": "referent", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
     "contenu": {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}},
    {"type": "structure", "sujets": ["structure:s"], "effet": {"debut": "2022-01-01"}, "source": {"nom": "saisie"},
     "contenu": {"nom": "Maison inventée"}},
    {"type": "professionnel", "sujets": ["professionnel:rene"], "effet": {"debut": "2022-01-01"},
     "source": {"nom": "saisie"}, "contenu": {"nom": "MODELE", "structure": "structure:s"}},
    {"type": "formation_pro", "sujets": ["professionnel:rene"], "effet": {"debut": "2022-01-10"},
     "source": {"nom": "saisie"}, "contenu": {"id": "F1", "module": "diagnostic_partage", "etape": "suivie"}},
    {"type": "label", "sujets": ["structure:s"], "effet": {"debut": "2022-02-01"}, "source": {"nom": "saisie"},
     "contenu": {"etape": "accorde", "suivi_plus_six_mois": "oui",
                 "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"]}}])";
  CHECK_OK(spie_store_append(text.out(), text.length(), store.get(), said.data(), said.size(), "2022-03-05T12:00:00Z",
                             &error));
  CHECK_OK(spie_desk_memory(desk.out(), pack.get(), nullptr, &error));
  CHECK_OK(spie_key_generate(key.out(), "ed25519", &error));
  const auto demand = [](const char *actor, const char *const *role, const char *purpose) {
    spie_demand who SPIE_DEMAND_INIT;
    who.actor = actor;
    who.purpose = purpose;
    who.roles = role;
    who.roles_count = 1;
    who.asked_at = "2022-04-01T08:00:00Z";
    return who;
  };
  static const char *const person = "personne", *const leads = "referent", *const keeps = "gestionnaire";
  const spie_demand aline = demand("personne:aline", &person, "accompagnement");
  const spie_demand rene = demand("professionnel:rene", &leads, "accompagnement");
  const spie_demand gina = demand("professionnel:gina", &keeps, "gestion");
  const auto acts = [&](const std::string &asked) {
    CHECK_OK(
        spie_desk_act(text.out(), text.length(), desk.get(), store.get(), &aline, asked.data(), asked.size(), &error));
    return text.json()["evenements"][0]["contenu"]["id"].get<std::string>();
  };
  const auto issue = [&](const std::string &credential) {
    CHECK_OK(spie_badge_issue(text.out(), text.length(), credential.data(), credential.size(), key.get(), nullptr, 0,
                              "2022-04-01T08:00:00Z", nullptr, &error));
    return text.json()["badge"].get<std::string>();
  };
  const std::string item = acts(R"({"acte": "passeport.ajouter", "sujet": "personne:aline", "effet": "2022-04-01",
    "contenu": {"genre": "competence", "libelle": "Tenir une caisse"}})");
  const std::string which = acts(R"({"acte": "recommandation.demander", "sujet": "personne:aline",
    "effet": "2022-04-01", "contenu": {"qualite": "tuteur", "nom": "Mme Inventée",
    "badge": "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11", "element": ")" +
                                 item + "\"}}");
  const std::string words = R"({"texte": "Elle a l’esprit d’équipe"})";
  CHECK_OK(spie_desk_endorsement(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                 "2022-04-01", which.c_str(), words.data(), words.size(), &error));
  const std::string endorsement = issue(text.string());
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  options.at = "2022-04-01T09:00:00Z";
  std::string altered = endorsement;
  altered.replace(altered.find("Elle a"), 4, "ELLE");
  CHECK_REFUSED(spie_desk_endorsed(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline",
                                   "2022-04-01", which.c_str(), altered.data(), altered.size(), &options, &error),
                SPIE_ERROR_PATH, "Q002");
  CHECK_OK(spie_desk_endorsed(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", "2022-04-01",
                              which.c_str(), endorsement.data(), endorsement.size(), &options, &error));
  CHECK(text.json()["rapport"]["verdict"] == "valide");
  CHECK_OK(spie_desk_passport(text.out(), text.length(), desk.get(), store.get(), &rene, "personne:aline", "2022-04-01",
                              &error));
  CHECK(text.json()["recommandations"][0]["etape"] == "donnee");

  // Joined to what it is of, and verified with it.
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/examples/donnees/attestation.json", std::ios::binary);
  const std::string credential{std::istreambuf_iterator<char>(file), {}};
  CHECK_OK(spie_badge_join(text.out(), text.length(), credential.data(), credential.size(), endorsement.data(),
                           endorsement.size(), &error));
  const std::string badge = issue(text.string());
  const char *required = "avenants";
  options.at = "2026-11-29T08:00:00Z";
  options.required = &required;
  options.required_count = 1;
  CHECK_OK(spie_badge_verify(text.out(), text.length(), badge.data(), badge.size(), &options, &error));
  CHECK(text.json()["verdict"] == "valide");
  CHECK_REFUSED(spie_badge_join(text.out(), text.length(), badge.data(), badge.size(), endorsement.data(),
                                endorsement.size(), &error),
                SPIE_ERROR_BADGE, "B005");

  // The label of a structure.
  CHECK_OK(spie_desk_structure_badges(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                      "2022-04-01", &error));
  CHECK(text.json()["badges"][0]["decision"] == "delivrable");
  const std::string asked = R"({"code": "label_spie"})";
  CHECK_OK(spie_desk_structure_credential(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                          "2022-04-01", asked.data(), asked.size(), &error));
  const std::string label = issue(text.string());
  CHECK_OK(spie_desk_structure_issued(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                      "2022-04-01", "label_spie", label.data(), label.size(), &error));
  CHECK_OK(spie_desk_structure_badges(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                      "2022-04-01", &error));
  CHECK(text.json()["emis"][0]["etat"] == "en_vigueur");

  // Of an issuer at an address of its own, whose document is handed over; without it, nothing proves who signed.
  CHECK_OK(spie_desk_structure_credential(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                          "2022-04-01", asked.data(), asked.size(), &error));
  std::string unsigned_ = text.string();
  unsigned_.replace(unsigned_.find("ISSUER"), 6, "did:web:consortium.example");
  CHECK_OK(spie_badge_issue(text.out(), text.length(), unsigned_.data(), unsigned_.size(), key.get(), nullptr, 0,
                            "2022-04-01T08:00:00Z", "did:web:consortium.example#cle", &error));
  const std::string of_web = text.json()["badge"];
  CHECK_OK(spie_key_public(text.out(), text.length(), key.get(), &error));
  const std::string document = Json{{"id", "did:web:consortium.example"},
                                    {"assertionMethod",
                                     {{{"id", "did:web:consortium.example#cle"},
                                       {"type", "Multikey"},
                                       {"controller", "did:web:consortium.example"},
                                       {"publicKeyMultibase", text.json()["multibase"]}}}}}
                                   .dump();
  const auto noted = [&](const std::string &badge_, const spie_badge_options *by) {
    return spie_desk_structure_issued_with(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                           "2022-04-02", "label_spie", badge_.data(), badge_.size(), by, &error);
  };
  spie_badge_options of_issuer = SPIE_BADGE_OPTIONS_INIT;
  of_issuer.at = "2022-04-02T08:00:00Z";
  CHECK_REFUSED(noted(of_web, &of_issuer), SPIE_ERROR_PATH, "Q002");
  const spie_file handed{"https://consortium.example/.well-known/did.json", document.data(), document.size()};
  of_issuer.documents = &handed;
  of_issuer.document_count = 1;
  std::string forged = of_web;
  forged.replace(forged.find("Maison"), 6, "MAISON");
  CHECK_REFUSED(noted(forged, &of_issuer), SPIE_ERROR_PATH, "Q002");
  CHECK_OK(noted(of_web, &of_issuer));
  CHECK(text.json()["evenements"][0]["contenu"]["emetteur"] == "did:web:consortium.example");
  CHECK_OK(spie_desk_structure_badges(text.out(), text.length(), desk.get(), store.get(), &gina, "structure:s",
                                      "2022-04-02", &error));
  CHECK(text.json()["emis"].size() == 2);
  of_issuer.struct_size = 1;
  CHECK_REFUSED(noted(of_web, &of_issuer), SPIE_ERROR_ARGUMENT, "A001");
}
