// For the tests of the C interface: texts and handles that free themselves, JSON to look into.
#pragma once

#include "spie/spie.h"
#include "tests/catch.hpp"

#include <nlohmann/json.hpp>

#include <cstring>
#include <string>
#include <string_view>

namespace capi_test {

using Json = nlohmann::json;

inline const std::string packs = std::string(SPIE_SOURCE_DIR) + "/packs/";

class Text {
public:
  Text() = default;
  ~Text() { spie_free(text_); }
  Text(const Text &) = delete;
  Text &operator=(const Text &) = delete;
  char **out() {
    spie_free(text_);
    text_ = nullptr;
    return &text_;
  }
  size_t *length() { return &length_; }
  const char *get() const { return text_; }
  std::string string() const {
    REQUIRE(text_ != nullptr);
    CHECK(std::strlen(text_) == length_);
    return {text_, length_};
  }
  Json json() const { return Json::parse(string()); }

private:
  char *text_ = nullptr;
  size_t length_ = 0;
};

template <class T, void (*release)(T *)> class Handle {
public:
  Handle() = default;
  ~Handle() { release(handle_); }
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  T **out() { return &handle_; }
  T *get() const { return handle_; }

private:
  T *handle_ = nullptr;
};

using Pack = Handle<spie_pack, spie_pack_free>;
using Decision = Handle<spie_decision, spie_decision_free>;
using Expression = Handle<spie_expression, spie_expression_free>;
using Model = Handle<spie_model, spie_model_free>;
using Prepared = Handle<spie_prepared, spie_prepared_free>;
using Ledger = Handle<spie_ledger, spie_ledger_free>;
using Payments = Handle<spie_payments, spie_payments_free>;

struct CError : spie_error {
  CError() : spie_error SPIE_ERROR_INIT {}
};

// The pack of the tests, loaded once.
inline const spie_pack *the_pack() {
  static Pack pack;
  if (pack.get() == nullptr) {
    CError error;
    const auto status = spie_pack_load(pack.out(), (packs + "seine-et-marne-2022-2023").c_str(), nullptr, &error);
    INFO(error.code << " " << error.where << ": " << error.message);
    REQUIRE(status == SPIE_OK);
  }
  return pack.get();
}

inline bool is_utf8(const std::string &text) {
  try {
    (void)Json(text).dump();
    return true;
  } catch (const Json::exception &) {
    return false;
  }
}

} // namespace capi_test

// Succeeds, or says why not.
#define CHECK_OK(call)                                                                                                 \
  do {                                                                                                                 \
    const spie_status status_ = (call);                                                                                \
    INFO(error.code << " " << error.where << ": " << error.message);                                                   \
    REQUIRE(status_ == SPIE_OK);                                                                                       \
    CHECK(error.code[0] == '\0');                                                                                      \
  } while (false)

#define CHECK_REFUSED(call, expected_status, expected_code)                                                            \
  do {                                                                                                                 \
    const spie_status status_ = (call);                                                                                \
    CAPTURE(error.message, error.where);                                                                               \
    CHECK(status_ == (expected_status));                                                                               \
    CHECK(std::string(error.code) == (expected_code));                                                                 \
    CHECK(error.findings >= 1);                                                                                        \
    CHECK(error.message[0] != '\0');                                                                                   \
    CHECK(error.remedy[0] != '\0');                                                                                    \
  } while (false)
