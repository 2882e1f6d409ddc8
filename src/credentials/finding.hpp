// What a check of a badge finds, in French and in English: an officer and a recruiter read it.
#pragma once

#include "spie/diagnostic.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace spie::credentials {

struct Words {
  std::string fr, en;
};

struct Finding {
  Code code{};
  Level level = Level::error;
  std::string where; // a JSON pointer into what was read: "/credentialSubject/id", of a JWS "/alg" or "/nbf"; or empty
  Words reason;
  Words remedy = {}; // empty: the general one of the code
};

// Words of a badge, cut when they are long, between the quotes of each language.
std::string quoted(std::string_view words); // English
std::string cite(std::string_view words);   // French

Words remedy_of(const Finding &finding);
// A finding of a layer below, which says its French by its code.
Finding finding_of(const Error &error, Code code, std::string where = {});

// Ends a check: nothing that follows can be told.
class Refusal : public Error {
public:
  explicit Refusal(Finding finding);
  const Finding &finding() const noexcept { return *finding_; }

private:
  std::shared_ptr<const Finding> finding_;
};

} // namespace spie::credentials
