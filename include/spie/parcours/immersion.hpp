// The law of a PMSMP (période de mise en situation en milieu professionnel): whether a planned convention is lawful
// beside those that were signed before (code du travail, articles L5135-1, L5135-2, L5135-7, D5135-2, D5135-3;
// decisions of the project in docs/parcours.md). Figures, lists and sentences stand in the pack: the decision of role
// "bornes_immersion", and donnees/immersion.json.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

// What is not given is unknown; `renouvelle` alone then says that nothing is renewed.
struct ConventionImmersion {
  std::string id;
  std::optional<std::string> structure; // the host
  std::optional<std::string> objet;     // of L5135-1
  std::vector<std::string> objectifs;   // as a set: sorted, each once; empty: unknown
  std::optional<feel::Date> debut, fin; // both days included
  std::optional<std::string> renouvelle;
  std::optional<std::string> prescripteur; // of L5135-2
  std::vector<std::string> usages;         // of L5135-7, that it admits
  std::optional<std::string> delegation;   // by what the prescriber may prescribe; empty: by nothing
  bool objectifs_atteints = false;
  std::vector<std::string> mentions; // of D5135-2, by their name in the pack: those that it has
};

struct DemandeImmersion {
  ConventionImmersion convention;
  std::vector<ConventionImmersion> precedentes; // of the same person, in any order
};

enum class VerdictImmersion : std::uint8_t { conforme, non_conforme, indetermine };
std::string_view text(VerdictImmersion verdict) noexcept;
VerdictImmersion read_verdict_immersion(std::string_view text) noexcept; // undetermined for any other text

struct MotifImmersion {
  std::string regle; // duree, renouvellement, nombre, objets, total_jours, objet, prescripteur, usage
  std::string article;
  std::string texte; // in French
};

struct ExamenImmersion {
  VerdictImmersion verdict = VerdictImmersion::conforme;
  std::vector<MotifImmersion> motifs;   // that stand whatever is unknown; every rule is judged
  std::vector<std::string> manquants;   // what could change the verdict: "convention.fin", "precedentes[2].structure"
  std::vector<std::string> a_completer; // what D5135-2 asks and the draft lacks; never the verdict
};

// From {"convention": {"id", "structure", "objet", "objectifs": [text], "debut", "fin", "renouvelle", "prescripteur",
// "usages", "delegation", …}, "precedentes": [the same, "objectifs_atteints"]}, dates as ISO text; the other names are
// those of the mentions of the pack. Throws Error, each fault with its place: Q001 for what has not this form, a
// repeated id, an end before its beginning, two periods of one host that overlap; P011 for a pack without this law.
DemandeImmersion read_demande_immersion(const Pack &pack, const feel::Value &given);

// The immersion of that id in a dossier, with the others as its precedents: those that were signed, one that nobody
// came to among them. One that is only planned is none, nor is one that was given up before its first day. E005 when
// the dossier has no such immersion.
DemandeImmersion demande_du_dossier(const dossier::Situation &situation, std::string_view immersion);

// `au` dates the law when the convention has no first day. Throws Error P011 for a pack without this law.
ExamenImmersion verifier_immersion(const Pack &pack, const DemandeImmersion &demande, feel::Date au);

feel::Value to_value(const ExamenImmersion &examen);

} // namespace spie::parcours
