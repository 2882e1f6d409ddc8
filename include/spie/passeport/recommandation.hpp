// What an employer, a tutor or a peer says for her, when she asks (S:1133-1137): the document that he may sign, and
// what he signed, verified and written down. Asking, giving, refusing and taking back are acts (docs/passeport.md).
#pragma once

#include "spie/credentials/badge.hpp"
#include "spie/credentials/endorsement.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/passeport/passeport.hpp"

namespace spie::passeport {

struct DemandeAvenant {
  std::string texte = {};    // what he says; empty: what the dossier holds of it
  std::string sur = {};      // the id of the badge that it endorses; empty: that which the demand names
  std::string id = {};       // of the document; empty: one is drawn
  std::string emetteur = {}; // the name of who will sign; may be empty
};
// {"texte", "sur", "id", "emetteur"}, all at will. Throws Error Q001 with its place.
DemandeAvenant read_demande_avenant(const feel::Value &value);

// An EndorsementCredential, in JSON, that its author signs (credentials::emettre): its issuer is "ISSUER". Noted as
// "recommandation". Q002: no such endorsement is seen, it is refused or taken back, or nothing says which badge it is
// of; Q001: words that tell of health or of justice, or a NIR.
std::string attestation_recommandation(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                                       const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                                       const std::string &recommandation, const DemandeAvenant &avenant);

struct Reception {
  parcours::ActeFait acte; // "recommandation.donner"
  credentials::Avenant avenant;
  credentials::Rapport rapport; // what its verification found
};
// The signed endorsement, verified here, and written down as given. Nothing is recorded unless it is valid, its issuer
// proven, and it is of the badge that the demand names, when it names one (Q002). Throws what lire_avenant and
// Bureau::agir do.
Reception recevoir_recommandation(parcours::Bureau &bureau, droits::Guichet &guichet, const droits::Droits &droits,
                                  const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                                  const std::string &recommandation, std::string_view avenant,
                                  const credentials::Verificateur &verificateur);

feel::Value to_value(const Reception &reception); // {"acte", "evenements", "avertissements", "rapport"}

} // namespace spie::passeport
