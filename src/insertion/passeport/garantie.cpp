#include "spie/passeport/garantie.hpp"

#include "credentials/carrier.hpp"
#include "credentials/jwt.hpp"
#include "credentials/records.hpp"
#include "crypto/digest.hpp"
#include "insertion/dossier/cles.hpp"
#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/atelier.hpp"
#include "insertion/passeport/consignation.hpp"
#include "insertion/passeport/records.hpp"
#include "insertion/passeport/regles.hpp"
#include "insertion/text_of.hpp"
#include "spie/json.hpp"
#include "spie/nir.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::passeport {

namespace {

using credentials::Etat;
using credentials::Nom;
using credentials::Rapport;
using feel::Kind;
using feel::Value;

constexpr std::string_view hash_mark = " sha256:"; // after the identifier, in an event

feel::Date day_asked(const credentials::OptionsVerification &options) {
  const auto instant = dossier::Instant::parse(options.au);
  if (!instant)
    throw Error({Code::api_argument,
                 Level::error,
                 "'" + options.au + "' is not an instant with its zone, such as 2026-11-29T08:00:00Z.",
                 "au",
                 {}});
  return droits::jour_de(*instant);
}

std::string first_reason(const Rapport &report, Etat state) {
  for (const credentials::Controle &one : report.controles)
    if (one.etat == state && one.code)
      return one.motif.fr;
  return {};
}

// Why the report guarantees nothing; empty when it does.
std::string fault_of(const Rapport &report) {
  if (report.verdict == credentials::Verdict::invalide)
    return first_reason(report, Etat::echec);
  if (report.verdict == credentials::Verdict::non_verifiable)
    return first_reason(report, Etat::non_verifie);
  if (report.emetteur != credentials::Emetteur::prouve)
    return "rien ne prouve que le badge vienne de son émetteur";
  if (report.etat(Nom::confiance) != Etat::ok)
    return "la liste de confiance ne reconnaît pas l’émetteur ce jour-là";
  return {};
}

// Where she may have been given a badge, as far as the actor sees it: her addresses, and what names her in those that
// were delivered to her. Not what she was named by under a share: she may have stated somebody else's.
std::vector<std::string> known_names(const droits::VueClaire &view, const Paroles &said) {
  std::vector<std::string> list;
  const dossier::Fait *mails = view.situation.find("contact.courriels");
  if (mails != nullptr && mails->dire.valeur.is(Kind::list))
    for (const Value &one : mails->dire.valeur.list())
      if (one.is(Kind::text))
        list.push_back(one.text());
  for (const parcours::Chose &one : said.choses("badge_delivre"))
    if (std::string name = one.text("titulaire"); name.find(':') != std::string::npos)
      list.push_back(std::move(name));
  return list;
}

// The credential of a badge that was found valid; nothing for those of Open Badges 2.0.
std::optional<Value> credential_of(std::string_view badge) {
  const credentials::Extracted found = credentials::extract(badge);
  if (found.kind == credentials::Extracted::Kind::jws) {
    try {
      return credentials::read_vc_jwt(found.bytes).credential.value;
    } catch (const Error &) {
      return std::nullopt;
    }
  }
  Value read = read_json(found.bytes, "badge");
  if (!read.is(Kind::context) || read.context().find("credentialSubject") == nullptr)
    return std::nullopt;
  return read;
}

std::string issuer_of(const Value &credential) {
  const Value *issuer = credential.context().find("issuer");
  return issuer == nullptr ? std::string() : issuer->is(Kind::text) ? issuer->text() : text_of(*issuer, "id");
}

const Value &under(const Value &value, std::string_view key) {
  static const Value nothing;
  const Value *found = value.is(Kind::context) ? value.context().find(key) : nullptr;
  return found == nullptr ? nothing : *found;
}

// Statements, of which she hides what she likes: a badge shown so may have lost where its state is published.
bool shown_in_part(const Value &credential) {
  const auto derived = [](const Value &proof) { return text_of(proof, "cryptosuite") == "ecdsa-sd-2023"; };
  const Value &proof = under(credential, "proof");
  return proof.is(Kind::list) ? std::ranges::any_of(proof.list(), derived) : derived(proof);
}

struct Livres {
  std::set<std::string, std::less<>> pour_un_partage; // signed for a share, or for her to take along
  std::map<std::string, BadgeDelivre, std::less<>> delivres;
  std::set<std::string, std::less<>> defaits; // delivered, and that was undone
};

// Under no mask: what a badge is does not depend on who looks.
Livres livres(dossier::Journal &journal, const dossier::Sujet &person) {
  const dossier::Recueil gathered(journal, dossier::holder(journal, person), {});
  const dossier::Enonces standing = dossier::statements(gathered), all = sortis(gathered);
  Livres made;
  const auto given = parcours::choses(all, "remise_passeport");
  for (const parcours::Chose &each : given)
    for (const Remise &one : remises(given, each.text("partage")))
      for (const BadgeSigne &badge : one.badges)
        made.pour_un_partage.insert(badge.id);
  for (BadgeDelivre &one : badges_delivres(parcours::choses(standing, "badge_delivre")))
    made.delivres.insert_or_assign(one.id, std::move(one));
  for (const parcours::Chose &one : parcours::choses(all, "badge_delivre"))
    if (!made.delivres.contains(one.cle))
      made.defaits.insert(one.cle);
  return made;
}

// Whether a badge from outside is about the item: by a code, else by its name for an item that has none.
std::string not_about(const Value &credential, const Element &item) {
  const Value &achievement = under(under(credential, "credentialSubject"), "achievement");
  if (item.references.empty()) {
    const std::string name = dossier::normalized_name(text_of(achievement, "name"));
    return !name.empty() && name == dossier::normalized_name(item.libelle)
               ? ""
               : "rien ne dit que ce badge porte sur cet élément, qui n’a pas de référence\u202f: ajoutez-lui un code "
                 "que le badge porte, ou gardez l’élément sous le nom du badge";
  }
  if (const Value &alignments = under(achievement, "alignment"); alignments.is(Kind::list))
    for (const Value &one : alignments.list())
      for (const Reference &each : item.references)
        if (text_of(one, "targetCode") == each.code || text_of(one, "targetUrl") == each.code)
          return {};
  return "ce badge ne porte aucun des codes de cet élément\u202f: ajoutez à l’élément une référence que le badge porte";
}

// Why a badge that holds and is hers guarantees nothing of this item all the same; empty when it does.
std::string unfit(const Value &credential, const Element &item, const Livres &left) {
  const std::string id = text_of(credential, "id");
  if (left.pour_un_partage.contains(id))
    return "ce badge fut écrit d’ici pour montrer son passeport\u202f: il n’en dit pas plus que lui";
  if (left.defaits.contains(id))
    return "la délivrance de ce badge fut annulée";
  if (shown_in_part(credential))
    return "ce badge n’est montré qu’en partie (ecdsa-sd-2023)\u202f: rien ne dit que son état y soit encore";
  const auto own = left.delivres.find(id);
  if (own == left.delivres.end())
    return not_about(credential, item);
  if (own->second.etat == "revoque")
    return "ce badge fut révoqué";
  if (std::ranges::find(own->second.elements, item.id) == own->second.elements.end())
    return "ce badge fut délivré pour d’autres éléments que celui-ci";
  return {};
}

std::string title_of(const Value &credential, const json::Reader &rules) {
  std::string name = text_of(under(under(credential, "credentialSubject"), "achievement"), "name");
  const bool safe = !holds_nir(name) && !parcours::holds_word(name, rules.at("partage").texts("mots_retenus"));
  return safe ? name : std::string();
}

std::optional<feel::Date> last_day_of(const Value &credential) {
  const std::string text = text_of(credential, "validUntil");
  return text.size() < 10 ? std::nullopt : feel::Date::parse(text.substr(0, 10));
}

std::string list_of(const Rapport &report, std::string_view trust) {
  std::string said;
  for (const credentials::Controle &one : report.controles)
    if (one.nom == Nom::confiance && one.etat == Etat::ok)
      said = one.motif.fr;
  return said + std::string(hash_mark) + crypto::hex(crypto::sha256(trust));
}

} // namespace

Garantie garantir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                  const droits::Demande &demande, const dossier::Sujet &personne, const std::string &element,
                  std::string_view badge, credentials::OptionsVerification options) {
  const feel::Date day = day_asked(options);
  permettre(guichet, demande, personne, "attester", "element_passeport", "garanti");
  const droits::VueClaire view = guichet.voir_clair(demande, personne, day, {}, "garantie_passeport");
  const Paroles said(guichet, droits, demande, personne, day);
  const Lus read = elements(said);
  const auto item = std::ranges::find(read.tenus, element, &Element::id);
  if (item == read.tenus.end())
    parcours::refuser(parcours::Raison::element_non_vu, "/element", {element});

  options.exiger.push_back(Nom::confiance);
  const std::string trust = options.confiance;
  const std::vector<std::string> names =
      options.destinataire ? std::vector{*options.destinataire} : known_names(view, said);
  Garantie made;
  options.destinataire.reset();
  made.rapport = credentials::Verificateur(options).verifier(badge);
  made.motif = fault_of(made.rapport);
  if (!made.motif.empty())
    return made;
  if (names.empty())
    made.motif = "le dossier ne connaît aucune adresse à laquelle ce badge ait pu lui être donné";
  bool hers = false;
  for (const std::string &name : names) {
    options.destinataire = name;
    Rapport report = credentials::Verificateur(options).verifier(badge);
    hers = report.verdict == credentials::Verdict::valide && report.etat(Nom::destinataire) == Etat::ok;
    made.rapport = std::move(report);
    if (hers)
      break;
  }
  if (!hers) {
    if (made.motif.empty())
      made.motif = "ce badge n’a pas été donné à cette personne";
    return made;
  }
  const auto credential = credential_of(badge);
  if (!credential) {
    made.motif = "un badge d’Open Badges 2.0 ne garantit rien ici";
    return made;
  }
  made.motif = unfit(*credential, *item, livres(guichet.journal(), personne));
  if (!made.motif.empty())
    return made;
  const std::string id = text_of(*credential, "id");
  Objet content;
  content.set("id", element).set("moyen", "badge");
  content.set("badge", id + std::string(hash_mark) + crypto::hex(crypto::sha256(credentials::extract(badge).bytes)));
  content.set("emetteur", issuer_of(*credential));
  content.set("liste", list_of(made.rapport, trust));
  content.set("verifie_le", Value(day));
  if (const auto last = last_day_of(*credential))
    content.set("expire_le", Value(*last));
  if (const Value &status = under(*credential, "credentialStatus"); !status.is_null())
    content.set("statuts", statuts_dits(entrees_de(id, status)));
  content.set("vu", title_of(*credential, regles(pack)));
  made.acte = consigner(guichet, pack, demande, "passeport.garantir", personne, day, std::move(content).done());
  made.garanti = true;
  return made;
}

namespace {

credentials::BadgeConnu known_of(const Garant &one) {
  credentials::BadgeConnu known;
  known.id = one.badge.substr(0, one.badge.find(hash_mark));
  known.emetteur = one.emetteur;
  if (one.expire_le)
    known.expire = one.expire_le->to_string() + "T23:59:59Z";
  feel::List entries;
  for (const StatutBadge &entry : one.statuts) {
    Objet made;
    if (entry.index) {
      made.set("id", entry.liste + "#" + std::to_string(*entry.index));
      made.set("type", "BitstringStatusListEntry").set("statusPurpose", entry.but);
      made.set("statusListIndex", std::to_string(*entry.index));
      made.set("statusListCredential", entry.liste);
    } else {
      made.set("id", entry.liste).set("type", "1EdTechRevocationList");
    }
    entries.push_back(std::move(made).done());
  }
  if (!entries.empty())
    known.statut = Value(std::move(entries));
  return known;
}

// What makes it fall, with its code; nothing while none does.
std::optional<std::pair<std::string, std::string>> fall_of(const Rapport &report) {
  for (const credentials::Controle &one : report.controles) {
    if (one.nom == Nom::statut && one.etat == Etat::echec && one.code == Code::badge_status)
      return std::pair{std::string("badge_revoque"), one.motif.fr};
    if (one.nom == Nom::dates && one.etat == Etat::echec)
      return std::pair{std::string("badge_expire"), one.motif.fr};
    if (one.nom == Nom::confiance && one.code == Code::badge_trust &&
        (one.etat == Etat::echec || one.etat == Etat::avertissement))
      return std::pair{std::string("emetteur_retire"), one.motif.fr};
  }
  return std::nullopt;
}

// Revoked here, whether a list says it or not.
std::optional<std::pair<std::string, std::string>> withdrawn(const Livres &left, const std::string &badge) {
  const auto own = left.delivres.find(badge);
  if (left.defaits.contains(badge) || (own != left.delivres.end() && own->second.etat == "revoque"))
    return std::pair{std::string("badge_revoque"), std::string("Qui l’a délivré l’a révoqué.")};
  return std::nullopt;
}

std::string doubt_of(const Rapport &report) {
  for (const credentials::Controle &one : report.controles)
    if ((one.nom == Nom::statut || one.nom == Nom::confiance || one.nom == Nom::dates) &&
        (one.etat == Etat::non_verifie || one.etat == Etat::echec))
      return one.motif.fr;
  return {};
}

} // namespace

std::vector<Revue> revoir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                          const droits::Demande &demande, const dossier::Sujet &personne,
                          credentials::OptionsVerification options, bool noter) {
  const feel::Date day = day_asked(options);
  if (noter)
    permettre(guichet, demande, personne, "attester", "element_passeport", "tombe");
  guichet.voir_clair(demande, personne, day, {}, "garantie_passeport");
  const Paroles said(guichet, droits, demande, personne, day);
  const credentials::Verificateur verifier(std::move(options));
  const Livres left = livres(guichet.journal(), personne);
  std::vector<Revue> list;
  for (const Element &item : elements(said).tenus)
    for (const Garant &one : item.garants) {
      if (!one.tient || one.moyen != "badge")
        continue;
      const Rapport report = verifier.revoir(known_of(one));
      Revue made{item.id, one.evenement, one.badge.substr(0, one.badge.find(hash_mark)), "tient", {}, {}, false};
      if (const auto fall = withdrawn(left, made.badge) ? withdrawn(left, made.badge) : fall_of(report)) {
        made.etat = "tombe";
        made.motif = fall->first;
        made.raison = fall->second;
        if (noter) {
          Objet content;
          content.set("id", item.id).set("garantie", one.evenement);
          content.set("motif", made.motif);
          consigner(guichet, pack, demande, "passeport.defaire", personne, day, std::move(content).done());
          made.note = true;
        }
      } else if (std::string doubt = doubt_of(report); !doubt.empty()) {
        made.etat = "inconnu";
        made.raison = std::move(doubt);
      }
      list.push_back(std::move(made));
    }
  return list;
}

feel::Value to_value(const Garantie &garantie) {
  return feel::Context{{"garanti", garantie.garanti},
                       {"motif", garantie.motif.empty() ? Value() : Value(garantie.motif)},
                       {"rapport", record::to_context(garantie.rapport)},
                       {"acte", garantie.acte ? parcours::to_value(*garantie.acte) : Value()}};
}

feel::Value to_value(const std::vector<Revue> &revues) { return record::to_list(revues); }

} // namespace spie::passeport
