/*
 * The program does not link Graphviz: its library is not made for threads, brings forty
 * others, and no server draws. No shell, no pipe that both could wait at: what it reads
 * and what it writes are files without a name.
 */
#include "cli/dot.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { TURN_MS = 5, TURNS_MOST = 60 * 1000 / TURN_MS, OUT_MAX = 32 << 20 };

/* false: it did not end in time, and was ended. */
static bool
ends_well(pid_t pid, bool *in_time)
{
	const struct timespec turn = { .tv_nsec = TURN_MS * 1000000L };
	int status = 0;

	for (int i = 0; i < TURNS_MOST; i++) {
		const pid_t ended = waitpid(pid, &status, WNOHANG);

		if (ended == pid)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		if (ended < 0 && errno != EINTR)
			return false;
		nanosleep(&turn, NULL);
	}
	*in_time = false;
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return false;
}

static enum err
run(struct cx *cx, struct str format, FILE *in, FILE *out)
{
	char *argv[] = { str_cz(cx->arena, S("dot")),
		str_cz(cx->arena, str_fmt(cx->arena, "-T%.*s", STR_ARG(format))), NULL };
	posix_spawn_file_actions_t files;
	bool in_time = true;
	pid_t pid;
	int failed;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, fileno(in), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, fileno(out), STDOUT_FILENO);
	failed = posix_spawnp(&pid, argv[0], &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	if (failed)
		return fail(cx, ERR_INPUT, "没有安装 Graphviz（软件包 graphviz）");
	if (ends_well(pid, &in_time))
		return ERR_OK;
	return fail(cx, ERR_INPUT,
	    in_time ? "Graphviz 画不出流程图" : "Graphviz 一分钟内没有画完，已停止");
}

static enum err
read_all(struct cx *cx, FILE *f, struct str *out)
{
	long n;
	char *bytes;

	if (fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) <= 0 || n > OUT_MAX)
		return fail(cx, ERR_INPUT, "Graphviz 写出的图形是空的或者过大");
	rewind(f);
	bytes = arena_alloc(cx->arena, (size_t)n);
	if (fread(bytes, 1, (size_t)n, f) != (size_t)n)
		return fail(cx, ERR_INPUT, "不能读取 Graphviz 写出的图形");
	*out = (struct str){ bytes, (size_t)n };
	return ERR_OK;
}

enum err
dot_draw(struct cx *cx, struct str format, struct str graphs, struct str *out)
{
	FILE *in = tmpfile(), *drawn = tmpfile();
	enum err err;

	if (!in || !drawn || fwrite(graphs.p, 1, graphs.n, in) != graphs.n ||
	    fflush(in) != 0) {
		err = fail(cx, ERR_INPUT, "不能写临时文件（错误号 %d）", errno);
	} else {
		rewind(in);
		err = run(cx, format, in, drawn);
	}
	if (err == ERR_OK)
		err = read_all(cx, drawn, out);
	if (in)
		fclose(in);
	if (drawn)
		fclose(drawn);
	return err;
}
