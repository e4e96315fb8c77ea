// SPDX-License-Identifier: Apache-2.0
//
// The binomial distribution, by logarithms, so that no factor overflows.
//
// Thread safety: a pure function (std::lgamma is none: it writes a sign to a
// variable of the whole process).
#ifndef TWICETOLD_MATCH_BINOMIAL_H_
#define TWICETOLD_MATCH_BINOMIAL_H_

#include <math.h>  // lgamma_r, of POSIX

#include <cmath>

namespace twicetold {

// P(Binomial(trials, p) = hits), for 0 < p < 1.
inline double BinomialProbability(double hits, double trials, double p) {
  const auto log_factorial = [](double n) {
    int sign = 0;
    return lgamma_r(n + 1, &sign);
  };
  return std::exp(log_factorial(trials) - log_factorial(hits) -
                  log_factorial(trials - hits) + hits * std::log(p) +
                  (trials - hits) * std::log1p(-p));
}

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_BINOMIAL_H_
