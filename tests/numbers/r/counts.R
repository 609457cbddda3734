# Numbers from counts: favourable people among all who were asked, eNPS, van der Eijk's polarisation.
# Writes favourable.csv, enps.csv and polarisation.csv; these hold their own cases.

# the finite beta-binomial, by integrating the binomial over the beta distribution
chance <- function(u, m, a, b) integrate(function(p) dbinom(u, m, p) * dbeta(p, a, b), 0, 1, rel.tol = 1e-10)$value
end <- function(at, m, a, b) { total <- 0; for (u in 0:m) { total <- total + chance(u, m, a, b); if (total >= at) return(u) }; m }
share <- read.csv(text = "favourable,n,invited,organisation
6,10,12,0.65
10,10,14,0.65
0,10,14,0.4
7,11,11,0.5
18,24,40,0.7
1,30,60,0.2
12,20,31,
0,15,22,
15,15,40,")
share[c("low", "high")] <- t(sapply(seq_len(nrow(share)), function(i) with(share[i, ], {
  a <- if (is.na(organisation)) 0.5 else 2 * organisation
  b <- if (is.na(organisation)) 0.5 else 2 - a
  favourable + c(end(0.025, invited - n, a + favourable, b + n - favourable), end(0.975, invited - n, a + favourable, b + n - favourable))
})))
write.csv(share, "favourable.csv", row.names = FALSE, na = "", quote = FALSE)

enps <- read.csv(text = "detractors,passives,promoters,invited
5,7,8,25
2,20,18,40
20,0,0,20
0,0,30,45
30,40,50,130")
enps[c("score", "error", "low", "high")] <- t(sapply(seq_len(nrow(enps)), function(i) with(enps[i, ], {
  x <- rep(c(-1, 0, 1), c(detractors, passives, promoters)); n <- length(x)
  if (var(x) == 0) x[1] <- 0
  s <- mean(rep(c(-1, 0, 1), c(detractors, passives, promoters)))
  e <- sqrt(var(x) / n * (1 - 0.5 * n / max(invited, n)))
  100 * c(s, e, max(-1, s - qt(0.975, n - 1) * e), min(1, s + qt(0.975, n - 1) * e))
})))
enps[c("score", "error", "low", "high")] <- format(enps[c("score", "error", "low", "high")], digits = 15, trim = TRUE)
write.csv(enps, "enps.csv", row.names = FALSE, quote = FALSE)

# van der Eijk (2001): layers from the smallest count up; recursive here
pattern <- function(p) {
  k <- length(p)
  if (sum(p) == 1) return(1)
  if (sum(p) == k) return(0)
  t <- apply(combn(k, 3), 2, function(i) paste(p[i], collapse = ""))
  tu <- sum(t %in% c("110", "011")); tdu <- sum(t == "101")
  ((k - 2) * tu - (k - 1) * tdu) / ((k - 2) * (tu + tdu)) * (1 - (sum(p) - 1) / (k - 1))
}
agreement <- function(v) {
  if (sum(v) == 0) return(0)
  least <- min(v[v > 0]); p <- as.integer(v > 0)
  least * sum(p) * pattern(p) + agreement(v - least * p)
}
set.seed(3)
some <- rbind(c(10, 0, 0, 0, 0), c(5, 0, 0, 0, 5), c(4, 4, 4, 4, 4), c(0, 0, 3, 9, 2), c(6, 3, 1, 4, 8),
              c(1, 0, 1, 0, 0), t(rmultinom(25, 30, c(0.05, 0.15, 0.2, 0.35, 0.25))), t(rmultinom(9, 12, rep(0.2, 5))))
some <- data.frame(some, polarisation = (1 - apply(some, 1, function(v) agreement(v) / sum(v))) / 2)
some$polarisation <- format(some$polarisation, digits = 15, trim = TRUE)
write.csv(some, "polarisation.csv", row.names = FALSE, quote = FALSE)
# the published example of R's agrmt: agreement 0.6113333
stopifnot(abs(agreement(c(30, 40, 210, 130, 530, 50, 10)) / 1000 - 0.6113333) < 1e-7)
