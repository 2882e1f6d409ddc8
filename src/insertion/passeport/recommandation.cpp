#include "spie/passeport/recommandation.hpp"

#include "credentials/did.hpp"
#include "credentials/records.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/passeport/urn.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/json.hpp"
#include "spie/nir.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

using feel::Context;
using feel::List;
using feel::Value;
using parcours::Raison;

// The one that is meant, as its reader sees it.
Recommandation seen(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
                    const dossier::Sujet &personne, feel::Date au, const std::string &id) {
  guichet.voir_clair(demande, personne, au, {}, "recommandation");
  const auto all = recommandations(Paroles(guichet, droits, demande, personne, au));
  const auto found = std::ranges::find(all, id, &Recommandation::id);
  if (found == all.end())
    parcours::refuser(Raison::recommandation_inconnue, "/recommandation", {id});
  return *found;
}

[[noreturn]] void refuse_words(std::string message, std::string_view field) {
  throw Error(
      {Code::path_request, Level::error, std::move(message), "/" + std::string(field), "Write them otherwise."});
}

// What he says of her may be read by anybody: as what leaves under a share.
void hold_to_rules(const Pack &pack, const DemandeAvenant &asked, const std::string &words) {
  if (parcours::holds_word(words, regles(pack).at("partage").texts("mots_retenus")))
    refuse_words("words that tell of health or of justice are no endorsement", "texte");
  if (holds_nir(words))
    refuse_words("a NIR stands in an endorsement", "texte");
  if (holds_nir(asked.emetteur))
    refuse_words("a NIR stands in an endorsement", "emetteur");
}

// What was signed for her, under any name: told whole, whatever its reader sees of it.
bool names_her(dossier::Journal &journal, const droits::Demande &demande, const dossier::Sujet &personne,
               const std::string &issuer) {
  const dossier::Recueil gathered(journal, personne, {{}, demande.instant});
  const dossier::Enonces said = dossier::statements(gathered);
  for (const char *type : {"badge_delivre", "remise_passeport"})
    for (const parcours::Chose &one : parcours::choses(said, type))
      for (const dossier::Enonce *each : one.enonces)
        if (const std::string holder = text_of(each->contenu(), "titulaire");
            holder == issuer || credentials::same_key(holder, issuer))
          return true;
  return false;
}

const credentials::Controle *why_not(const credentials::Rapport &report) {
  for (const credentials::Etat state : {credentials::Etat::echec, credentials::Etat::non_verifie})
    for (const credentials::Controle &one : report.controles)
      if (one.etat == state && one.code)
        return &one;
  return nullptr;
}

} // namespace

DemandeAvenant read_demande_avenant(const Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"texte", "sur", "id", "emetteur"});
  return {from.text_or_empty("texte"), from.text_or_empty("sur"), from.text_or_empty("id"),
          from.text_or_empty("emetteur")};
}

std::string attestation_recommandation(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                                       const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                                       const std::string &recommandation, const DemandeAvenant &avenant) {
  const Recommandation held = seen(guichet, droits, demande, personne, au, recommandation);
  if (held.etape != "demandee" && held.etape != "donnee")
    parcours::refuser(Raison::recommandation_close, "/recommandation", {recommandation});
  const std::string of = avenant.sur.empty() ? held.badge : avenant.sur;
  if (of.empty())
    parcours::refuser(Raison::recommandation_sans_badge, "/sur", {recommandation});
  const std::string words = avenant.texte.empty() ? held.texte : avenant.texte;
  hold_to_rules(pack, avenant, words);
  const std::string id = avenant.id.empty() ? urn_of(guichet.journal().draw_id()) : avenant.id;
  Context subject{{"id", of}, {"type", List{Value("EndorsementSubject")}}};
  if (!words.empty())
    subject.set("endorsementComment", words);
  const Value issuer =
      avenant.emetteur.empty()
          ? Value("ISSUER")
          : Value(Context{{"id", "ISSUER"}, {"type", List{Value("Profile")}}, {"name", avenant.emetteur}});
  return write_json(Context{{"@context", List{Value("https://www.w3.org/ns/credentials/v2"),
                                              Value("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")}},
                            {"id", id},
                            {"type", List{Value("VerifiableCredential"), Value("EndorsementCredential")}},
                            {"name", "Recommandation"},
                            {"issuer", issuer},
                            {"validFrom", au.to_string() + "T00:00:00Z"},
                            {"credentialSubject", std::move(subject)}});
}

Reception recevoir_recommandation(parcours::Bureau &bureau, droits::Guichet &guichet, const droits::Droits &droits,
                                  const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                                  const std::string &recommandation, std::string_view avenant,
                                  const credentials::Verificateur &verificateur) {
  const Recommandation held = seen(guichet, droits, demande, personne, au, recommandation);
  Reception made{{}, credentials::lire_avenant(avenant), verificateur.verifier(avenant)};
  if (made.rapport.verdict != credentials::Verdict::valide) {
    const credentials::Controle *why = why_not(made.rapport);
    parcours::refuser(Raison::avenant_non_valide, "/avenant",
                      {parcours::Mot(why == nullptr ? std::string() : std::string(text(*why->code)))});
  }
  if (made.rapport.emetteur != credentials::Emetteur::prouve)
    parcours::refuser(Raison::avenant_sans_preuve, "/avenant", {made.avenant.emetteur});
  if (names_her(guichet.journal(), demande, personne, made.avenant.emetteur))
    parcours::refuser(Raison::avenant_d_elle_meme, "/avenant", {made.avenant.emetteur});
  if (!held.badge.empty() && held.badge != made.avenant.porte_sur)
    parcours::refuser(Raison::avenant_d_un_autre, "/avenant", {made.avenant.porte_sur});
  Context said{{"id", recommandation},
               {"badge", made.avenant.porte_sur},
               {"avenant", made.avenant.id},
               {"empreinte", made.avenant.empreinte},
               {"emetteur", made.avenant.emetteur},
               {"verifie_le", au}};
  if (!made.avenant.texte.empty())
    said.set("texte", made.avenant.texte);
  parcours::DemandeActe asked{"recommandation.donner", personne, au, std::move(said)};
  asked.etabli = true;
  made.acte = bureau.agir(demande, asked);
  return made;
}

Value to_value(const Reception &reception) {
  Value value = parcours::to_value(reception.acte);
  Context all = value.context();
  all.set("rapport", record::to_context(reception.rapport));
  return all;
}

} // namespace spie::passeport
