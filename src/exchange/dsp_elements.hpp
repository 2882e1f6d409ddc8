// The 51 elements of DonneesSocioProfessionnelles with the block that each stands in, and the two that date and sum up
// the collection. No schema is public: the list is that of web-rsa.
#pragma once

#include "exchange/xml_names.hpp"

#include <utility>

#include <utility>

namespace spie::exchange::dsp {

enum class Forme : std::uint8_t {
  code,
  top,     // 0 or 1
  reponse, // N, O; V: does not wish to answer; S: does not know
  texte,
  nombre,
};

struct Question {
  std::string_view bloc, element;
  Forme forme = Forme::code;
  bool repetee = false; // its block comes as often as there are answers
};

inline constexpr std::array questions{
    Question{"GeneraliteDSPP", "SITPERSDEMRSA"},
    Question{"GeneraliteDSPP", "TOPISOGROOUENF", Forme::top},
    Question{"GeneraliteDSPP", "TOPDRORSARMIANT", Forme::top},
    Question{"GeneraliteDSPP", "DRORSARMIANTA-2", Forme::reponse},
    Question{"GeneraliteDSPP", "TOPCOUVSOC", Forme::top},
    Question{"CommunSituationSociale", "ACCOSOCFAM", Forme::reponse},
    Question{"CommunSituationSociale", "LIBCOORACCOSOCFAM", Forme::texte},
    Question{"CommunSituationSociale", "ACCOSOCINDI", Forme::reponse},
    Question{"CommunSituationSociale", "LIBCOORACCOSOCINDI", Forme::texte},
    Question{"CommunSituationSociale", "SOUTDEMARSOC", Forme::reponse},
    Question{"DetailDifficulteSituationSociale", "DIFSOC", Forme::code, true},
    Question{"DetailDifficulteSituationSociale", "LIBAUTRDIFSOC", Forme::texte, true},
    Question{"DetailAccompagnementSocialFamilial", "NATACCOSOCFAM", Forme::code, true},
    Question{"DetailAccompagnementSocialFamilial", "LIBAUTRACCOSOCFAM", Forme::texte, true},
    Question{"DetailAccompagnementSocialIndividuel", "NATACCOSOCINDI", Forme::code, true},
    Question{"DetailAccompagnementSocialIndividuel", "LIBAUTRACCOSOCINDI", Forme::texte, true},
    Question{"DetailDifficulteDisponibilite", "DIFDISP", Forme::code, true},
    Question{"NiveauEtude", "NIVETU"},
    Question{"NiveauEtude", "NIVDIPMAXOBT"},
    Question{"NiveauEtude", "ANNOBTNIVDIPMAX", Forme::nombre},
    Question{"NiveauEtude", "TOPQUALIPRO", Forme::top},
    Question{"NiveauEtude", "LIBAUTRQUALIPRO", Forme::texte},
    Question{"NiveauEtude", "TOPCOMPEEXTRAPRO", Forme::top},
    Question{"NiveauEtude", "LIBCOMPEEXTRAPRO", Forme::texte},
    Question{"DisponibiliteEmploi", "TOPENGDEMARECHEMPLOI", Forme::top},
    Question{"SituationProfessionnelle", "HISPRO"},
    Question{"SituationProfessionnelle", "LIBDERACT", Forme::texte},
    Question{"SituationProfessionnelle", "LIBSECACTDERACT", Forme::texte},
    Question{"SituationProfessionnelle", "CESSDERACT"},
    Question{"SituationProfessionnelle", "TOPDOMIDERACT", Forme::top},
    Question{"SituationProfessionnelle", "LIBACTDOMI", Forme::texte},
    Question{"SituationProfessionnelle", "LIBSECACTDOMI", Forme::texte},
    Question{"SituationProfessionnelle", "DURACTDOMI"},
    Question{"SituationProfessionnelle", "INSCDEMEMPLOI"},
    Question{"SituationProfessionnelle", "TOPISOGRORECHEMPLOI", Forme::top},
    Question{"SituationProfessionnelle", "ACCOEMPLOI"},
    Question{"SituationProfessionnelle", "LIBCOORACCOEMPLOI", Forme::texte},
    Question{"SituationProfessionnelle", "TOPPROJPRO", Forme::top},
    Question{"SituationProfessionnelle", "LIBEMPLOIRECH", Forme::texte},
    Question{"SituationProfessionnelle", "LIBSECACTRECH", Forme::texte},
    Question{"SituationProfessionnelle", "TOPCREAREPRIENTRE", Forme::top},
    Question{"SituationProfessionnelle", "CONCOFORMQUALIEMPLOI", Forme::reponse},
    Question{"CommunMobilite", "TOPMOYLOCO", Forme::top},
    Question{"CommunMobilite", "TOPPERMICONDUB", Forme::top},
    Question{"CommunMobilite", "TOPAUTRPERMICONDU", Forme::top},
    Question{"CommunMobilite", "LIBAUTRPERMICONDU", Forme::texte},
    Question{"DetailMobilite", "NATMOB", Forme::code, true},
    Question{"CommunDifficulteLogement", "NATLOG"},
    Question{"CommunDifficulteLogement", "DEMARLOG"},
    Question{"DetailDifficulteLogement", "DIFLOG", Forme::code, true},
    Question{"DetailDifficulteLogement", "LIBAUTRDIFLOG", Forme::texte, true},
    // Beside DonneesSocioProfessionnelles: whether it was collected, and when.
    Question{"SuiviAppuiOrientation", "SITPERSSOCPRO", Forme::reponse},
    Question{"SuiviAppuiOrientation", "DTENRSOCPRO", Forme::texte},
};
static_assert(questions.size() == 51 + 2);

namespace detail {
template <std::size_t... index> constexpr auto elements(std::index_sequence<index...>) {
  return std::array{questions[index].element...};
}
} // namespace detail

inline constexpr XmlNames names(detail::elements(std::make_index_sequence<questions.size()>()));

// The question that this element of this block asks; nullptr for none.
inline const Question *question_of(std::string_view bloc, std::string_view element) noexcept {
  const std::size_t index = names.find(element);
  return index < questions.size() && questions[index].bloc == bloc ? &questions[index] : nullptr;
}

} // namespace spie::exchange::dsp
